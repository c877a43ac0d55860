package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.Verdict;
import java.time.Duration;
import java.util.List;

/** A final report with one finding that fails a build, one that does not, and one that has ended. */
final class FinalReports {
  private FinalReports() {}

  static ReportBuilder withFindings() {
    return ReportBuilder.healthy()
        .reason(Reason.FINAL)
        .finding(FindingState.ONGOING, finding("7f3a9c21b0d4", Verdict.CONFIRMED))
        .finding(FindingState.ONGOING, finding("0123456789ab", Verdict.SUSPECTED))
        .finding(FindingState.RESOLVED, finding("ba9876543210", Verdict.CONFIRMED));
  }

  private static Finding finding(String fingerprint, Verdict verdict) {
    return new Finding(
        fingerprint,
        FindingKind.EXECUTOR_NEVER_SHUT_DOWN,
        verdict,
        true,
        2,
        2,
        0,
        Duration.ZERO,
        Duration.ZERO,
        List.of("com.acme.Quotes.load(Quotes.java:42)"),
        "2 executors made in <Quotes.load>, \"none\" shut down",
        "2 executors (2 threads)",
        "LinkedBlockingQueue.take, idle worker, no timeout",
        List.of("0 of 2 shut down"),
        "close it & be happy",
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
