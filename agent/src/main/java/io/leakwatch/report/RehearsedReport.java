package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.finding.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A report that nobody gets, made when the agent starts: a class that is initialised for the first time when the memory is at
 * its end is lost for the life of the JVM. That would silence the agent when it is needed most, and some of these classes
 * ({@code BigDecimal}, the providers of message digests) are the application's as well.
 */
public final class RehearsedReport {
  private static final String FRAME =
      "io.leakwatch.report.RehearsedReport.format(RehearsedReport.java:1)";

  private RehearsedReport() {}

  /** Writes a report with a finding in the forms that every report takes, and throws them away. */
  public static void format() {
    LeakReport report = report();
    new LogText(false).format(report);
    JsonText.format(report);
  }

  private static LeakReport report() {
    List<String> frames = List.of(FRAME);
    // Divided: durations calculate by BigDecimal.
    Duration age = Duration.ofMinutes(3).dividedBy(2);
    Finding finding = new Finding(
        Fingerprint.of(FindingKind.THREAD_GROWTH, frames, frames),
        FindingKind.THREAD_GROWTH,
        Verdict.SUSPECTED,
        true,
        2,
        2,
        1.5,
        age,
        age,
        frames,
        "rehearsed",
        "2 threads",
        "nothing",
        List.of("none"),
        FindingKind.THREAD_GROWTH.advice(),
        List.of("rehearsed"),
        frames,
        frames,
        List.of());
    Instant now = Instant.now();
    return new LeakReport(
        now,
        0,
        LeakReport.Reason.PERIODIC,
        new LeakReport.Jvm(0, "0", age),
        new LeakReport.Threads(2, 0, 1, 2),
        new LeakReport.Executors(0, 0, 0, 0),
        new LeakReport.Agent(1, 1_500_000, 0, 0),
        List.of(new TrackedFinding(finding, Verdict.SUSPECTED, FindingState.NEW, now, false)),
        0,
        List.of(),
        null);
  }
}
