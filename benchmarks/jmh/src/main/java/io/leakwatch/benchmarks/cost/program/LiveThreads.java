package io.leakwatch.benchmarks.cost.program;

import com.acme.VirtualThreads;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads that wait until they are told to end. Used by one thread. */
final class LiveThreads {
  private static final int SMALL_STACK = 64 << 10;

  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore ended = new Semaphore(0);
  private volatile boolean over;
  private volatile ThreadFactory factory = this::platformThread;
  private int started;
  private Thread[] threads = {};

  /**
   * Starts more, up to {@code count}, and returns when all of them wait.
   *
   * @param virtual whether these are virtual threads
   */
  void growTo(int count, boolean virtual) throws InterruptedException {
    factory =
        virtual ? VirtualThreads.factory().orElseThrow() : (ThreadFactory) this::platformThread;
    over = false;
    threads = java.util.Arrays.copyOf(threads, Math.max(count, started));
    for (; started < count; started++) {
      threads[started] = factory.newThread(this::live);
      threads[started].start();
    }
    while (waiting.get() < started) {
      Thread.sleep(1);
    }
  }

  /** Has all of them end, and returns when they have. */
  void end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    ended.acquire(started);
    for (Thread thread : threads) {
      thread.join();
    }
    threads = new Thread[0];
    started = 0;
  }

  private Thread platformThread(Runnable task) {
    Thread thread = new Thread(null, task, "live", SMALL_STACK);
    thread.setDaemon(true);
    return thread;
  }

  private void live() {
    waiting.incrementAndGet();
    while (!over) {
      LockSupport.park(this);
    }
    waiting.decrementAndGet();
    ended.release();
  }
}
