package io.leakwatch.benchmarks.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON reports in a file that the agent writes to. */
final class AgentReports {
  /**
   * One of them.
   *
   * @param line as it was written
   */
  record Report(String line) {
    long sequence() {
      return number("sequence");
    }

    long uptimeSeconds() {
      return number("uptimeSeconds");
    }

    long cpuMillis() {
      return number("cpuMillis");
    }

    long heapBytes() {
      return number("heapBytes");
    }

    int bytes() {
      return line.getBytes(StandardCharsets.UTF_8).length;
    }

    private long number(String field) {
      Matcher matcher = Pattern.compile("\"" + field + "\":(\\d+)").matcher(line);
      if (!matcher.find()) {
        throw new MeasurementFailed("a report of the agent has no " + field + ": " + line);
      }
      return Long.parseLong(matcher.group(1));
    }
  }

  private final Path file;

  AgentReports(Path file) {
    this.file = file;
  }

  /** Those that are complete, the oldest first. */
  List<Report> all() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(Report::new)
        .toList();
  }

  /**
   * Waits until they are as wanted.
   *
   * @throws MeasurementFailed if they are not in time
   */
  List<Report> await(Predicate<List<Report>> wanted, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<Report> reports = all();
    while (!wanted.test(reports)) {
      if (System.nanoTime() > deadline) {
        throw new MeasurementFailed("the agent has written " + reports.size() + " reports in "
            + limit.toSeconds() + " s, and not what was awaited");
      }
      Thread.sleep(50);
      reports = all();
    }
    return reports;
  }
}
