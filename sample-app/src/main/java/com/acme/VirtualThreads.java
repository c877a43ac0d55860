package com.acme;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The way to virtual threads from code that is compiled for 17.
 *
 * <p>It hands out the JDK's own objects: whoever calls {@code newThread(task).start()} on the factory makes the thread in
 * its own line of code, as with {@code Thread.ofVirtual().start(task)}.
 */
public final class VirtualThreads {
  private static final int FIRST_JDK = 21;
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  private VirtualThreads() {}

  /** The factory of unnamed virtual threads; empty where the JDK has none. */
  public static Optional<ThreadFactory> factory() {
    if (Runtime.version().feature() < FIRST_JDK) {
      return Optional.empty();
    }
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle ofVirtual =
          LOOKUP.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder));
      MethodHandle factory =
          LOOKUP.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return Optional.of((ThreadFactory) factory.invoke(ofVirtual.invoke()));
    } catch (Throwable e) {
      throw new IllegalStateException("no virtual threads on JDK " + Runtime.version(), e);
    }
  }

  /** A new executor that starts a virtual thread for each task; empty where the JDK has none. */
  public static Optional<ExecutorService> newExecutor() {
    if (Runtime.version().feature() < FIRST_JDK) {
      return Optional.empty();
    }
    try {
      MethodHandle newExecutor = LOOKUP.findStatic(
          Executors.class,
          "newVirtualThreadPerTaskExecutor",
          MethodType.methodType(ExecutorService.class));
      return Optional.of((ExecutorService) newExecutor.invoke());
    } catch (Throwable e) {
      throw new IllegalStateException("no virtual threads on JDK " + Runtime.version(), e);
    }
  }
}
