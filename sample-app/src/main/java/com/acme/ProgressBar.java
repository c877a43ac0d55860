package com.acme;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far a long run has got: a bar in a terminal, else a line from time to time. Nothing in the first two seconds, for
 * short runs need none. Used by one thread.
 */
final class ProgressBar {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long BAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;
  private final long total;
  private final LongSupplier nanoTime;
  private final long start;
  private long due;
  private boolean shown;

  /**
   * Begins.
   *
   * @param terminal whether lines can be written over
   * @param total how many there are to do
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  ProgressBar(PrintStream out, boolean terminal, long total, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    due = QUIET_NANOS;
  }

  /** Shows it, when it is time to, that many being done. */
  void update(long done) {
    long elapsed = nanoTime.getAsLong() - start;
    if (elapsed < due) {
      return;
    }
    shown = true;
    due = elapsed + (terminal ? BAR_NANOS : LINE_NANOS);
    double perSecond = done * (double) TimeUnit.SECONDS.toNanos(1) / elapsed;
    long secondsLeft = Math.round((total - done) / Math.max(perSecond, 1e-9));
    String numbers = "%3d%%  %d of %d, %.0f/s, %d s left"
        .formatted(100 * done / total, done, total, perSecond, secondsLeft);
    if (terminal) {
      int filled = (int) (WIDTH * done / total);
      // To the begin of the line, and clear what is behind its end.
      out.print(
          "\r[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + numbers + "\033[K");
      out.flush();
    } else {
      out.println(numbers);
    }
  }

  /** Removes the bar, if there is one. */
  void end() {
    if (terminal && shown) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
