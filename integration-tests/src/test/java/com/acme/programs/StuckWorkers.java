package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A pool of two whose first tasks wait for ever, so that all that follow stay in its queue. Beside it what is no backlog: a
 * scheduled pool with ever more reminders that are not due, and a pool that gets bursts and works them off.
 */
public final class StuckWorkers {
  private static final int SECONDS = 60;

  private StuckWorkers() {}

  public static void main(String[] args) throws InterruptedException {
    ExecutorService stuck = Executors.newFixedThreadPool(2); // leak: starts here
    CountDownLatch answer = new CountDownLatch(1);
    ScheduledExecutorService reminders = Executors.newScheduledThreadPool(1);
    Future<?> reminded = null;
    ExecutorService bursts = Executors.newFixedThreadPool(2);
    for (int i = 0; i < 20 * SECONDS; i++) {
      stuck.execute(() -> awaitAnswer(answer));
      reminded = reminders.schedule(() -> {}, 1, TimeUnit.HOURS);
      if (i % 20 == 0) {
        for (int task = 0; task < 20; task++) {
          bursts.execute(StuckWorkers::work);
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    System.exit(reminded != null && reminded.isDone() ? 1 : 0);
  }

  private static void awaitAnswer(CountDownLatch answer) {
    try {
      answer.await(); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
