package io.leakwatch.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What several runs gave.
 *
 * @param median the middle one
 * @param least the least
 * @param most the greatest
 */
public record Spread(double median, double least, double most) {
  /** The spread of at least one figure. */
  public static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median = sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /** As a cell of a table, with that many digits behind the point. */
  public String cell(int digits) {
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + " to " + number + ")", median, least, most);
  }
}
