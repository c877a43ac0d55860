package io.leakwatch;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Puts the boot bridge ({@code io.leakwatch.bootstrap}) into the boot class loader.
 *
 * <p>Not by appending the jar to the boot class path: that prints a class-data-sharing warning and gives up part of the
 * archive. The JDK's own {@code Unsafe.defineClass} does neither; where it is missing the jar is appended after all.
 */
final class BootBridge {
  /** In an order in which each can be linked. */
  private static final String[] CLASSES = {
    "io/leakwatch/bootstrap/ThreadListener",
    "io/leakwatch/bootstrap/ExecutorListener",
    "io/leakwatch/bootstrap/TaskListener",
    "io/leakwatch/bootstrap/Hooks",
    "io/leakwatch/bootstrap/ScopeListener",
    "io/leakwatch/bootstrap/ScopeHooks",
    "io/leakwatch/bootstrap/ScopeService",
    "io/leakwatch/bootstrap/ScopeService$Running",
  };

  /** Packages whose internals the agent reads; each use is feature-detected. */
  private static final String[] OPENED = {
    "java.lang",
    "java.lang.ref",
    "java.util",
    "java.util.concurrent",
    "java.util.concurrent.locks",
    "jdk.internal.vm",
    "jdk.internal.misc",
    "jdk.internal.access",
    "jdk.internal.reflect",
  };

  private BootBridge() {}

  /** Opens to the classes that the JVM itself has loaded from the agent's jar what they need of the JDK. */
  static void openJdkToEntry(Instrumentation instrumentation) {
    open(instrumentation, BootBridge.class.getModule(), "jdk.internal.misc");
  }

  /** Needs {@link #openJdkToEntry}. */
  static void define(Instrumentation instrumentation, File jarFile) throws IOException {
    try (JarFile jar = new JarFile(jarFile)) {
      try {
        for (String name : CLASSES) {
          JdkInternals.defineInBootLoader(name, AgentJar.read(jar, name + ".class"));
        }
      } catch (IncompatibleClassChangeError | NoClassDefFoundError e) {
        // This JDK has no such method.
        instrumentation.appendToBootstrapClassLoaderSearch(jar);
      }
    }
  }

  /** Opens the JDK packages that the agent reads to {@code reader}. */
  static void openJdkTo(Module reader, Instrumentation instrumentation) {
    open(instrumentation, reader, OPENED);
    // Absent where an application is built without it.
    Optional<Module> management = ModuleLayer.boot().findModule("java.management");
    if (management.isPresent()) {
      open(instrumentation, management.get(), reader, "sun.management");
    }
  }

  private static void open(Instrumentation instrumentation, Module reader, String... packages) {
    open(instrumentation, Object.class.getModule(), reader, packages);
  }

  private static void open(
      Instrumentation instrumentation, Module opened, Module reader, String... packages) {
    Map<String, Set<Module>> opens = new HashMap<>();
    for (String name : packages) {
      if (opened.getPackages().contains(name)) {
        opens.put(name, Set.of(reader));
      }
    }
    instrumentation.redefineModule(opened, Set.of(), Map.of(), opens, Set.of(), Map.of());
  }
}
