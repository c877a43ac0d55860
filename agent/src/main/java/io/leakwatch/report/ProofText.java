package io.leakwatch.report;

import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a proof has found as text for people, in the form of the agent's report. Thread-safe: it holds no state. */
public final class ProofText {
  /** Findings that are told in full; the JSON report has all. */
  static final int MAX_FINDINGS = 100;

  private final boolean color;

  /**
   * A formatter.
   *
   * @param color whether verdicts are coloured with ANSI escapes, for a terminal
   */
  public ProofText(boolean color) {
    this.color = color;
  }

  /** The report as text, each line with a newline at its end. */
  public String format(ProofReport report) {
    StringBuilder text = new StringBuilder("leakwatch proof of ");
    text.append(PlainText.of(report.target()));
    text.append(": ").append(findings(report.findings())).append("\n\n");
    report.findings().stream()
        .limit(MAX_FINDINGS)
        .forEach(each -> text.append(FindingText.ofProof(each, color)).append('\n'));
    if (report.findings().size() > MAX_FINDINGS) {
      text.append("… ")
          .append(Words.count(report.findings().size() - MAX_FINDINGS, "more finding"))
          .append("; the JSON report lists all\n\n");
    }
    text.append(status(report)).append('\n');
    if (report.ownerUnknown() > 0) {
      text.append(unknownOwners(report)).append('\n');
    }
    return text.toString();
  }

  private static String findings(List<ProvenFinding> findings) {
    List<String> parts = new ArrayList<>();
    for (ProofLevel level : ProofLevel.values()) {
      long number = findings.stream().filter(each -> each.level() == level).count();
      if (number > 0) {
        parts.add(number + " " + level.title().toLowerCase(Locale.ROOT));
      }
    }
    return parts.isEmpty()
        ? "no findings"
        : Words.count(findings.size(), "finding") + " (" + String.join(", ", parts) + ")";
  }

  private static String unknownOwners(ProofReport report) {
    String remedy = report.pid() == null
        ? "a dump does not tell; prove PID asks the JVM, of virtual threads by the agent in it"
        : "of virtual threads the agent in the JVM tells, where there is one";
    return "leakwatch: nothing is said of " + Words.count(report.ownerUnknown(), "thread")
        + " blocked at a monitor of which is not known who holds it: " + remedy
        + " (JDK 25 and newer)";
  }

  private static String status(ProofReport report) {
    if (report.method() == ProofReport.Method.COLLECTOR_CYCLE) {
      return String.format(
          Locale.ROOT,
          "leakwatch: %s started directly waited without a timeout; something reaches %d of them."
              + " Others were not looked at: threads of executors that make their own, at"
              + " monitors, or with a timeout",
          Words.count(report.virtual(), "virtual thread"),
          report.canRun());
    }
    long threads = report.platform() + report.virtual();
    String stood = report.confirmed()
        ? "; the others stood still for " + Words.duration(report.stoodFor())
        : "; unconfirmed, since a dump alone does not show a wake-up on its way";
    return String.format(
        Locale.ROOT,
        "leakwatch: %d platform + %d virtual threads in the heap dump, %d of %d can run;"
            + " they, static fields and native code reach %,d of %,d objects%s",
        report.platform(),
        report.virtual(),
        report.canRun(),
        threads,
        report.reached(),
        report.objects(),
        stood);
  }
}
