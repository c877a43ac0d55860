package io.leakwatch.benchmarks.cost;

import java.util.Locale;

/**
 * What a figure has to be. Where nothing is promised there is none.
 *
 * @param sign {@code ≤} or {@code ≥}
 * @param bound not a number where there is no goal
 * @param unit behind the number, with a space if it needs one; may be empty
 */
record Goal(String sign, double bound, String unit) {
  static Goal atMost(double bound, String unit) {
    return new Goal("≤", bound, unit);
  }

  static Goal atLeast(double bound, String unit) {
    return new Goal("≥", bound, unit);
  }

  /** The goal and whether it is held, as a cell of a table. */
  String cell(double figure) {
    if (Double.isNaN(bound)) {
      return "";
    }
    boolean held = sign.equals("≤") ? figure <= bound : figure >= bound;
    return sign + " " + number() + unit + (held ? " ✓" : " **missed**");
  }

  private String number() {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%.0f", bound)
        : String.format(Locale.ROOT, "%s", bound);
  }
}
