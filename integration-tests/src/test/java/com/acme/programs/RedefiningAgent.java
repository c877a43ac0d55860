package com.acme.programs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * An agent that comes later and does to classes of the JDK all that an agent can do: transforms them with a transformer of its own,
 * takes that back, and puts the JDK's own class files in their place. Says so when it is through.
 */
public final class RedefiningAgent {
  private static final int TIMES = 5;

  private RedefiningAgent() {}

  public static void agentmain(String argument, Instrumentation instrumentation) throws Exception {
    Class<?>[] types = {Thread.class, ThreadPoolExecutor.class, ForkJoinPool.class, Timer.class};
    for (int i = 0; i < TIMES; i++) {
      ClassFileTransformer same = new Same();
      instrumentation.addTransformer(same, true);
      instrumentation.retransformClasses(types);
      instrumentation.removeTransformer(same);
      instrumentation.retransformClasses(types);
      instrumentation.redefineClasses(asShipped(types));
    }
    System.out.println("redefined " + types.length + " classes");
  }

  /** Gives back what it gets, which to the JVM is a change. */
  private static final class Same implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader,
        String className,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      return classFile.clone();
    }
  }

  private static ClassDefinition[] asShipped(Class<?>[] types) throws IOException {
    List<ClassDefinition> definitions = new ArrayList<>();
    for (Class<?> type : types) {
      try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        definitions.add(new ClassDefinition(type, in.readAllBytes()));
      }
    }
    return definitions.toArray(new ClassDefinition[0]);
  }
}
