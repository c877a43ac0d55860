package com.acme;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Writes reports in the background, in a pool of four that all requests share.
 *
 * <p><b>Repaired</b> twin of {@link YearlyReport}: a year is written month by month, each a task of its own, so that the
 * daily ones get in between.
 */
final class YearlyReportRepaired implements Service {
  private static final int DAILY_FOR_EACH_YEARLY = 10;
  private static final int MONTHS = 12;
  private static final long MILLIS_FOR_A_MONTH = 500;

  private final ExecutorService reports = Executors.newFixedThreadPool(4);
  private int served;

  @Override
  public void serve() {
    boolean yearly = served++ % DAILY_FOR_EACH_YEARLY == 0;
    if (yearly) {
      writeMonthAndThenTheNext(1);
    } else {
      reports.execute(YearlyReportRepaired::writeDay);
    }
  }

  private void writeMonthAndThenTheNext(int month) {
    reports.execute(() -> {
      writeMonth();
      if (month < MONTHS) {
        writeMonthAndThenTheNext(month + 1);
      }
    });
  }

  private static void writeDay() {
    Thread.onSpinWait();
  }

  private static void writeMonth() {
    try {
      TimeUnit.MILLISECONDS.sleep(MILLIS_FOR_A_MONTH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
