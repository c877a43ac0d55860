package com.acme;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * The way to virtual threads from code that is compiled for 17.
 *
 * <p>It hands out the JDK's own factory: whoever calls {@code newThread(task).start()} on it makes the thread in its own
 * line of code, as with {@code Thread.ofVirtual().start(task)}.
 */
public final class VirtualThreads {
  private static final int FIRST_JDK = 21;

  private VirtualThreads() {}

  /** The factory of unnamed virtual threads; empty where the JDK has none. */
  public static Optional<ThreadFactory> factory() {
    if (Runtime.version().feature() < FIRST_JDK) {
      return Optional.empty();
    }
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle ofVirtual =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return Optional.of((ThreadFactory) factory.invoke(ofVirtual.invoke()));
    } catch (Throwable e) {
      throw new IllegalStateException("no virtual threads on JDK " + Runtime.version(), e);
    }
  }
}
