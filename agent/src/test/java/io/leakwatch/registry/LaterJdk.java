package io.leakwatch.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** What JDK 17, which compiles the tests, has no API for. Each call skips the test where the JDK lacks it. */
public final class LaterJdk {
  private LaterJdk() {}

  public static void assumeVirtualThreads() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21 or later");
  }

  /** A virtual thread, not yet started. */
  public static Thread unstartedVirtual(String name, Runnable task) throws Exception {
    assumeVirtualThreads();
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Class<?> type = Class.forName("java.lang.Thread$Builder");
    type.getMethod("name", String.class).invoke(builder, name);
    return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, task);
  }

  public static ExecutorService virtualThreadPerTask() throws Exception {
    assumeVirtualThreads();
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  public static ExecutorService threadPerTask(ThreadFactory factory) throws Exception {
    assumeVirtualThreads();
    return (ExecutorService) Executors.class
        .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
        .invoke(null, factory);
  }
}
