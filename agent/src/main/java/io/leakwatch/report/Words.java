package io.leakwatch.report;

import java.time.Duration;

/** English for numbers. */
final class Words {
  private Words() {}

  /** {@code 1 thread}, {@code 2 threads}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A duration by its two largest units: {@code 11m 40s}, {@code 2h 5m}, {@code 3d 0h}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3_600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    } else if (seconds < 86_400) {
      return seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
    }
    return seconds / 86_400 + "d " + seconds % 86_400 / 3_600 + "h";
  }
}
