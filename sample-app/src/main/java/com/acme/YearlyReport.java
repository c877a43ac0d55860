package com.acme;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Writes reports in the background, in a pool of four that all requests share.
 *
 * <p><b>Slow:</b> most reports are about a day and done at once. One in ten is about a year: it keeps a worker for six
 * seconds, and when four of them run the daily ones wait.
 */
final class YearlyReport implements Service {
  private static final int DAILY_FOR_EACH_YEARLY = 10;
  private static final long SECONDS_FOR_A_YEAR = 6;

  private final ExecutorService reports = Executors.newFixedThreadPool(4); // made here
  private int served;

  @Override
  public void serve() {
    boolean yearly = served++ % DAILY_FOR_EACH_YEARLY == 0;
    reports.execute(yearly ? YearlyReport::writeYear : YearlyReport::writeDay); // handed in here
  }

  private static void writeDay() {
    Thread.onSpinWait();
  }

  private static void writeYear() {
    try {
      TimeUnit.SECONDS.sleep(SECONDS_FOR_A_YEAR); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
