package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.finding.Verdict;
import io.leakwatch.tasks.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hand-built reports for tests: a healthy one to start from. */
final class ReportBuilder {
  static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
  static final Instant FIRST_SEEN = Instant.parse("2026-01-31T11:48:08Z");

  private Reason reason = Reason.PERIODIC;
  private LeakReport.Threads threads = new LeakReport.Threads(41, 1830, 95, 120_034);
  private LeakReport.Executors executors = new LeakReport.Executors(12, 0, 4, 0);
  private LeakReport.Agent agent = new LeakReport.Agent(35, 1_200_000, 0, 0);
  private final List<TrackedFinding> findings = new ArrayList<>();
  private long retractedTotal;
  private List<String> gone = List.of();
  private @Nullable TaskView tasks;

  /** Nothing to say. */
  static ReportBuilder healthy() {
    return new ReportBuilder();
  }

  ReportBuilder reason(Reason value) {
    reason = value;
    return this;
  }

  ReportBuilder threads(long platform, long virtual, long baseline) {
    threads = new LeakReport.Threads(platform, virtual, baseline, 120_034);
    return this;
  }

  ReportBuilder executors(long live, long shutDownNotTerminated) {
    executors = new LeakReport.Executors(live, shutDownNotTerminated, 4, 0);
    return this;
  }

  ReportBuilder agent(long hookFailures, long dropped) {
    agent = new LeakReport.Agent(35, 1_200_000, hookFailures, dropped);
    return this;
  }

  /** With the verdict that the finding has, or that its end gives it. */
  ReportBuilder finding(FindingState state, Finding finding) {
    Verdict verdict = state == FindingState.RETRACTED ? Verdict.RETRACTED : finding.verdict();
    findings.add(new TrackedFinding(finding, verdict, state, FIRST_SEEN, false));
    return this;
  }

  ReportBuilder knownFinding(FindingState state, Finding finding) {
    findings.add(new TrackedFinding(finding, finding.verdict(), state, FIRST_SEEN, true));
    return this;
  }

  ReportBuilder gone(String... values) {
    gone = List.of(values);
    return this;
  }

  ReportBuilder retractedTotal(long value) {
    retractedTotal = value;
    return this;
  }

  ReportBuilder tasks(TaskView value) {
    tasks = value;
    return this;
  }

  LeakReport build() {
    return new LeakReport(
        TIME,
        7,
        reason,
        new LeakReport.Jvm(4711, "25.0.3", Duration.ofSeconds(812)),
        threads,
        executors,
        agent,
        findings,
        retractedTotal,
        gone,
        tasks);
  }
}
