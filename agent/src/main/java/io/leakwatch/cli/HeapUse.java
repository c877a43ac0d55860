package io.leakwatch.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much heap a JVM uses, and what a dump of it will cost. The figures were measured with heaps of 1.1 GB on a small, busy
 * machine, JDK 17 and 25: 30 to 160 MB a second, and 1.7 bytes in the file for a byte in the heap.
 *
 * @param bytes in use
 */
record HeapUse(long bytes) {
  private static final double SLOWEST = 30e6;
  private static final double FASTEST = 160e6;
  private static final double BYTES_IN_FILE = 2;
  private static final long MARGIN = 64L << 20;

  /** In the answer to GC.heap_info: used 123K, 123K used. */
  private static final Pattern USED = Pattern.compile(
      "\\bused ([0-9]+)([BKMG])|\\b([0-9]+)([BKMG]) used", Pattern.CASE_INSENSITIVE);

  /**
   * What a JVM says about its heap.
   *
   * @param heapInfo the answer to the diagnostic command GC.heap_info
   */
  static HeapUse parse(String heapInfo) {
    long bytes = 0;
    for (String line : heapInfo.lines().toList()) {
      String start = line.strip().toLowerCase(Locale.ROOT);
      if (!start.startsWith("metaspace") && !start.startsWith("class space")) {
        Matcher matcher = USED.matcher(line);
        while (matcher.find()) {
          boolean first = matcher.group(1) != null;
          bytes += number(matcher.group(first ? 1 : 3), matcher.group(first ? 2 : 4));
        }
      }
    }
    return new HeapUse(bytes);
  }

  /** The most that the dump's file is expected to have, in bytes. */
  long fileBytes() {
    return (long) (bytes * BYTES_IN_FILE) + MARGIN;
  }

  /** How long the JVM will stand still, in words. */
  String pause() {
    long shortest = Math.round(bytes / FASTEST);
    long longest = Math.max(1, Math.round(bytes / SLOWEST));
    return longest <= 1 ? "about a second" : Math.max(1, shortest) + " to " + longest + " s";
  }

  /** Bytes in words. */
  static String inWords(long bytes) {
    return bytes >= 10L << 30
        ? (bytes >> 30) + " GB"
        : bytes >= 1L << 30
            ? String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30))
            : Math.max(1, bytes >> 20) + " MB";
  }

  private static long number(String digits, String unit) {
    long number = Long.parseLong(digits);
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "K" -> number << 10;
      case "M" -> number << 20;
      case "G" -> number << 30;
      default -> number;
    };
  }
}
