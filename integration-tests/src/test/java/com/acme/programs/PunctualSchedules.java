package com.acme.programs;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Periodic tasks that keep their period: one that takes 90 % of it, one that pauses for many periods once and catches up,
 * 3,000 short ones, a loop that a schedule would begin anew, one with a long initial delay, and one of a timer.
 */
public final class PunctualSchedules {
  private static final int SECONDS = 12;

  private PunctualSchedules() {}

  public static void main(String[] args) throws InterruptedException {
    ScheduledExecutorService loops = Executors.newScheduledThreadPool(1);
    var unusedLoop = loops.scheduleAtFixedRate(() -> pause(60_000), 0, 20, TimeUnit.MILLISECONDS);
    TimeUnit.SECONDS.sleep(2);
    ScheduledExecutorService busy = Executors.newScheduledThreadPool(1);
    var unusedNearly = busy.scheduleAtFixedRate(() -> pause(180), 0, 200, TimeUnit.MILLISECONDS);
    ScheduledExecutorService pausing = Executors.newScheduledThreadPool(1);
    AtomicInteger runs = new AtomicInteger();
    var unusedPaused = pausing.scheduleAtFixedRate(
        () -> pause(runs.incrementAndGet() == 40 ? 1_000 : 1), 0, 50, TimeUnit.MILLISECONDS);
    ScheduledExecutorService many = Executors.newScheduledThreadPool(2);
    for (int i = 0; i < 3_000; i++) {
      var unusedOne = many.scheduleAtFixedRate(() -> {}, i, 1_000, TimeUnit.MILLISECONDS);
    }
    var unusedLater = many.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
    Timer timer = new Timer();
    timer.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            pause(1);
          }
        },
        0,
        50);
    TimeUnit.SECONDS.sleep(SECONDS);
    System.out.println(runs.get() > 100 ? "caught up" : "only " + runs + " runs");
    System.exit(0);
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
