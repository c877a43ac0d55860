package com.acme.programs;

import java.lang.reflect.Proxy;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for a line, makes every hook of the agent throw, then starts as many threads as its argument says, platform threads and virtual
 * ones (where there are any) in turn.
 */
public final class ThrowingListener {
  private ThrowingListener() {}

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    Class<?> hooks = Class.forName("io.leakwatch.bootstrap.Hooks", true, null);
    Class<?> threadListener = Class.forName("io.leakwatch.bootstrap.ThreadListener", true, null);
    Class<?> executorListener =
        Class.forName("io.leakwatch.bootstrap.ExecutorListener", true, null);
    Class<?> taskListener = Class.forName("io.leakwatch.bootstrap.TaskListener", true, null);
    ThreadFactory virtual = com.acme.VirtualThreads.factory().orElse(Thread::new);
    AtomicInteger ran = new AtomicInteger();
    System.in.read();
    hooks
        .getMethod("install", threadListener, executorListener, taskListener)
        .invoke(null, throwing(threadListener), throwing(executorListener), throwing(taskListener));
    for (int i = 0; i < count; i++) {
      ThreadFactory threads = i % 2 == 0 ? Thread::new : virtual;
      Thread thread = threads.newThread(ran::incrementAndGet);
      thread.start();
      thread.join();
    }
    System.out.println(ran + " of " + count + " threads ran");
    System.out.println("disarmed: " + hooks.getMethod("disarmed").invoke(null));
  }

  private static Object throwing(Class<?> listener) {
    return Proxy.newProxyInstance(
        ThrowingListener.class.getClassLoader(),
        new Class<?>[] {listener},
        (proxy, method, args) -> {
          throw new IllegalStateException("thrown on purpose from " + method.getName());
        });
  }
}
