package com.acme.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Starts a thread for each task, with nothing but a monitor: few steps for a model checker, which has to try the orders of
 * them all.
 */
final class PlainThreads extends AbstractExecutorService {
  private final List<Thread> threads = new ArrayList<>();
  private boolean shutdown;
  private int running;

  @Override
  public synchronized void execute(Runnable task) {
    if (shutdown) {
      throw new RejectedExecutionException();
    }
    Thread thread = new Thread(() -> {
      try {
        task.run();
      } finally {
        ended();
      }
    });
    threads.add(thread);
    running++;
    thread.start();
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    threads.forEach(Thread::interrupt);
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shutdown && running == 0;
  }

  /** Waits without a limit, and until nothing runs even if it has not been shut down. */
  @Override
  public synchronized boolean awaitTermination(long timeout, TimeUnit unit)
      throws InterruptedException {
    while (running > 0) {
      wait();
    }
    return shutdown;
  }

  private synchronized void ended() {
    running--;
    notifyAll();
  }
}
