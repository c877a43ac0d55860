package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tasks that fail or end in ways that somebody knows of: one that catches what it throws, one that runs once, one of an
 * ordinary pool, one that is cancelled, and one whose pool is shut down under it.
 */
public final class HealthySchedules {
  private static final int SECONDS = 6;

  private HealthySchedules() {}

  public static void main(String[] args) throws InterruptedException {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    Future<?> careful =
        pool.scheduleAtFixedRate(HealthySchedules::failCarefully, 0, 20, TimeUnit.MILLISECONDS);
    int failed = 0;
    failed += hasFailed(pool.schedule(HealthySchedules::fail, 20, TimeUnit.MILLISECONDS));
    ExecutorService ordinary = Executors.newFixedThreadPool(1);
    failed += hasFailed(ordinary.submit(HealthySchedules::fail));

    Future<?> cancelled =
        pool.scheduleAtFixedRate(() -> failWhenInterrupted(null), 0, 20, TimeUnit.MILLISECONDS);
    ScheduledExecutorService closed = Executors.newScheduledThreadPool(1);
    CountDownLatch running = new CountDownLatch(1);
    Future<?> interrupted = closed.scheduleAtFixedRate(
        () -> failWhenInterrupted(running), 0, 20, TimeUnit.MILLISECONDS);
    running.await();
    cancelled.cancel(true);
    closed.shutdownNow();
    failed += hasFailed(interrupted);

    TimeUnit.SECONDS.sleep(SECONDS);
    System.out.println(failed + " failed; the careful one runs: " + !careful.isDone());
    System.exit(0);
  }

  private static int hasFailed(Future<?> task) throws InterruptedException {
    try {
      task.get();
      return 0;
    } catch (ExecutionException e) {
      return 1;
    }
  }

  private static void failCarefully() {
    try {
      fail();
    } catch (IllegalStateException e) {
      // Known, and the next run may do better.
    }
  }

  private static void failWhenInterrupted(CountDownLatch running) {
    try {
      if (running != null) {
        running.countDown();
      }
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }
}
