package io.leakwatch.leakbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was counted in a run without a detector: proof that a program is what it is said to be, and what a naive
 * watcher would have made of it.
 *
 * @param at25 threads at 25 % of the run; virtual ones if those are what leaks, else platform threads
 * @param at40 the same at 40 %
 * @param end the same at the end
 * @param afterGc the same after three full collections, without load
 * @param slope threads a second over the last 60 %
 * @param named threads at the end with the program's {@link LeakCase#census}; 0 if it has none
 * @param naive whether the platform threads were at any time more than twice those at the start
 * @param fair the same against the count at 5 s, later than that
 */
record Growth(
    int at25,
    int at40,
    int end,
    int afterGc,
    double slope,
    int named,
    boolean naive,
    boolean fair) {
  private static final double SETTLED_SECONDS = 5;

  /** One line of the watcher's file. */
  private record Count(double seconds, int platform, int virtual) {}

  /** Reads the files of a run. */
  static Growth of(Run run, Path results, LeakCase leakCase) throws IOException {
    return of(
        Files.readAllLines(run.file(results, "watch.tsv")),
        Files.readAllLines(run.file(results, "truth.tsv")),
        leakCase);
  }

  static Growth of(List<String> watch, List<String> truth, LeakCase leakCase) {
    boolean virtual = leakCase.kind().equals("virtual");
    List<Count> counts = new ArrayList<>();
    boolean naive = false;
    for (String line : watch) {
      if (line.startsWith("# naive2x")) {
        naive = line.contains("fired=true");
      } else if (Character.isDigit(line.charAt(0))) {
        String[] cell = line.split("\t", -1);
        counts.add(new Count(
            Double.parseDouble(cell[0]), Integer.parseInt(cell[1]), Integer.parseInt(cell[2])));
      }
    }
    double seconds = counts.get(counts.size() - 1).seconds;
    int settled = nearest(counts, SETTLED_SECONDS).platform;
    boolean fair = counts.stream()
        .anyMatch(count -> count.seconds > SETTLED_SECONDS && count.platform > 2 * settled);
    return new Growth(
        value(nearest(counts, 0.25 * seconds), virtual),
        value(nearest(counts, 0.4 * seconds), virtual),
        value(counts.get(counts.size() - 1), virtual),
        told(truth, virtual ? "afterGcVirtual" : "afterGcPlatform"),
        slope(counts.stream().filter(count -> count.seconds >= 0.4 * seconds).toList(), virtual),
        named(truth, leakCase),
        naive,
        fair);
  }

  /**
   * Whether the program does what it is said to do. A leak grows, and stays after collections. A clean variant does not
   * grow after warm-up. Of a hard negative nothing is asked: that it looks like a leak is its purpose.
   */
  boolean isAsSaid(LeakCase leakCase, Variant variant) {
    if (leakCase.isHardNegative()) {
      return true;
    }
    if (leakCase.census() != null) {
      return variant == Variant.LEAKY ? named >= 8 : named <= 12;
    }
    return variant == Variant.LEAKY
        ? end - at25 >= 3 && slope > 0 && afterGc >= 0.8 * end
        : Math.min(end, afterGc) - at40 <= Math.max(4, 0.2 * at40);
  }

  private static int value(Count count, boolean virtual) {
    return virtual ? count.virtual : count.platform;
  }

  private static Count nearest(List<Count> counts, double seconds) {
    return counts.stream()
        .min(java.util.Comparator.comparingDouble(count -> Math.abs(count.seconds - seconds)))
        .orElseThrow();
  }

  /** Least squares. */
  private static double slope(List<Count> counts, boolean virtual) {
    double meanX = counts.stream().mapToDouble(Count::seconds).average().orElse(0);
    double meanY =
        counts.stream().mapToDouble(count -> value(count, virtual)).average().orElse(0);
    double xy = 0;
    double xx = 0;
    for (Count count : counts) {
      xy += (count.seconds - meanX) * (value(count, virtual) - meanY);
      xx += (count.seconds - meanX) * (count.seconds - meanX);
    }
    return xx == 0 ? 0 : xy / xx;
  }

  private static int told(List<String> truth, String key) {
    for (String word : truth.get(0).split(" ", -1)) {
      if (word.startsWith(key + "=")) {
        return Integer.parseInt(word.substring(key.length() + 1));
      }
    }
    throw new IllegalArgumentException("no " + key + " in " + truth.get(0));
  }

  private static int named(List<String> truth, LeakCase leakCase) {
    String census = leakCase.census();
    if (census == null) {
      return 0;
    }
    return truth.stream()
        .filter(line -> Character.isDigit(line.charAt(0)) && line.contains(census))
        .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf('\t'))))
        .sum();
  }
}
