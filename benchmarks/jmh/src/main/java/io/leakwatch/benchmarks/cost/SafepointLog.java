package io.leakwatch.benchmarks.cost;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code -Xlog:safepoint} of a JVM says, as on JDK 17 and 25. */
final class SafepointLog {
  private static final Pattern LINE = Pattern.compile("Safepoint \"([^\"]+)\".*Total: +(\\d+) ns");
  private static final Pattern OF_THE_COLLECTOR =
      Pattern.compile("Collect|GC|G1|ZMark|ZRelocate|Shenandoah|Parallel");

  private SafepointLog() {}

  /**
   * One time that all threads were stopped.
   *
   * @param operation what for
   * @param millis from the request to the end
   */
  record Safepoint(String operation, double millis) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, %.1f ms", operation, millis);
    }
  }

  /** Those in a log that are not the garbage collector's. */
  static Stream<Safepoint> withoutCollections(String log) {
    return log.lines()
        .map(LINE::matcher)
        .filter(Matcher::find)
        .map(line -> new Safepoint(line.group(1), Long.parseLong(line.group(2)) / 1e6))
        .filter(safepoint -> !OF_THE_COLLECTOR.matcher(safepoint.operation()).find());
  }
}
