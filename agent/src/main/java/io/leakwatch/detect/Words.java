package io.leakwatch.detect;

import io.leakwatch.sample.Queues;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The phrases that several detectors use. */
public final class Words {
  private Words() {}

  /** Such as {@code 1 thread} or {@code 143 threads}. */
  public static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  static String rises(Growth growth) {
    return "low-water mark rose in " + growth.rises() + " of " + growth.samples() + " samples";
  }

  /** What has become of those that got old: {@code 0 of 36 older than 3s have ended}. */
  static String ends(Growth growth) {
    return growth.ended()
        + " of "
        + (growth.ended() + growth.survivors())
        + " older than "
        + seconds(growth.olderThan())
        + " have ended";
  }

  /** How many executors are left lying: {@code 36 of them unused for 3s or more}. */
  static String unused(Growth growth) {
    return growth.survivors() + " of them unused for " + seconds(growth.olderThan()) + " or more";
  }

  /** Such as {@code 24 of them made at com.acme.Books.close(Books.java:40)}, the lines with most first, three at most. */
  static List<String> alsoMadeAt(Map<String, Long> countsByLine) {
    return countsByLine.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(3)
        .map(line -> line.getValue() + " of them made at " + line.getKey())
        .toList();
  }

  /** The first suspect as class and method, short: {@code QuoteService.quote}. */
  static String place(List<String> suspects) {
    if (suspects.isEmpty()) {
      return "an unknown place";
    }
    String frame = suspects.get(0);
    int open = frame.indexOf('(');
    String method = open < 0 ? frame : frame.substring(0, open);
    int dot = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
    return method.substring(dot + 1);
  }

  /** Who works off a queue: {@code 2 workers of at most 8, 1 at work}. */
  static String workers(Queues queues) {
    String workers = count(queues.threads(), "worker")
        + (queues.maximum() < Integer.MAX_VALUE ? " of at most " + queues.maximum() : "");
    // Fork-join workers keep no books of whether they are at work.
    return queues.running() == 0 ? workers : workers + ", " + queues.running() + " at work";
  }

  /** Such as {@code 20ms} or {@code 1.5s}. */
  static String period(Duration period) {
    return period.toSeconds() > 0 ? seconds(period) : period.toMillis() + "ms";
  }

  /** Rounded to tenths: samples are never exactly an interval apart. */
  static String seconds(Duration duration) {
    long tenths = Math.round(duration.toMillis() / 100.0);
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + "s";
  }
}
