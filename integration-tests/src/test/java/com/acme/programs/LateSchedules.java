package com.acme.programs;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Periodic tasks that cannot keep their period, until the JVM is ended. Argument: {@code slow}, {@code blocked} or
 * {@code timer}.
 */
public final class LateSchedules {
  private static final int PERIOD_MILLIS = 20;
  private static final int TOO_LONG_MILLIS = 60;

  private LateSchedules() {}

  public static void main(String[] args) throws InterruptedException {
    // Behind the warm-up.
    TimeUnit.SECONDS.sleep(2);
    switch (args[0]) {
      case "slow" -> slow(Executors.newSingleThreadScheduledExecutor());
      case "blocked" -> blocked();
      default -> timer(new Timer("refresh"));
    }
    TimeUnit.MINUTES.sleep(5);
  }

  private static void slow(ScheduledExecutorService pool) {
    var unused = pool.scheduleAtFixedRate(
        LateSchedules::work, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS); // schedules: slow
  }

  private static void blocked() {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1); // schedules: pool
    for (int i = 0; i < 3; i++) {
      var unused = pool.scheduleWithFixedDelay(() -> {}, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
    var unused = pool.schedule(LateSchedules::awaitAnswer, 100, TimeUnit.MILLISECONDS);
  }

  private static void timer(Timer timer) {
    TimerTask task = new TimerTask() {
      @Override
      public void run() {
        work();
      }
    };
    timer.scheduleAtFixedRate(task, 0, PERIOD_MILLIS); // schedules: timer
  }

  private static void work() {
    try {
      TimeUnit.MILLISECONDS.sleep(TOO_LONG_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAnswer() {
    try {
      new CountDownLatch(1).await(); // schedules: waits
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
