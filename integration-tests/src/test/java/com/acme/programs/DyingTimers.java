package com.acme.programs;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * A timer with three periodic tasks, of which one throws: all three run no more. And two that end well: one that its own
 * task cancels before it throws, and one that somebody cancels.
 */
public final class DyingTimers {
  private DyingTimers() {}

  public static void main(String[] args) throws InterruptedException {
    Timer dying = new Timer("dying"); // timers: dying
    dying.schedule(task(() -> {}), 3_600_000, 3_600_000);
    dying.schedule(task(() -> {}), 3_600_000, 3_600_000);
    dying.schedule(new Refresh(), 1_000, 1_000); // timers: scheduled

    Timer cancelledByItself = new Timer("cancelled by itself");
    cancelledByItself.schedule(task(() -> {}), 3_600_000, 3_600_000);
    cancelledByItself.schedule(
        task(() -> {
          cancelledByItself.cancel();
          throw new IllegalStateException("on purpose");
        }),
        1_000,
        1_000);
    Timer cancelled = new Timer("cancelled");
    cancelled.schedule(task(() -> {}), 3_600_000, 3_600_000);
    TimeUnit.SECONDS.sleep(2);
    cancelled.cancel();
    TimeUnit.SECONDS.sleep(4);
    System.exit(0);
  }

  private static TimerTask task(Runnable what) {
    return new TimerTask() {
      @Override
      public void run() {
        what.run();
      }
    };
  }

  private static final class Refresh extends TimerTask {
    @Override
    public void run() {
      throw new IllegalArgumentException("on purpose");
    }
  }
}
