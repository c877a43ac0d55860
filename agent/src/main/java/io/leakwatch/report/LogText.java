package io.leakwatch.report;

import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.finding.Verdict;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report as text for people: one status line when there is nothing to say, else a title, a block for each finding and
 * a status line.
 *
 * <p>A requested report also says what the executors run. A finding is told in full when it is new and in the final or a requested report, and in short while it goes on.
 * However many findings there are, the text stays under 100 KB. Thread-safe: it holds no state.
 */
public final class LogText {
  /** When the text is this long, in bytes, the findings that follow are told in short. */
  static final int FULL_BUDGET = 60_000;

  /** When the text is this long, in bytes, the open findings that follow are only counted. */
  static final int OPEN_BUDGET = 80_000;

  /** The same for the findings that have ended, which come last and must be heard too. */
  static final int ENDED_BUDGET = 98_000;

  /** So many bytes, of those above, are kept for what the executors run, when the report says that. */
  static final int TASKS_BUDGET = 40_000;

  private static final int GONE_TOLD = 10;
  private static final int GONE_LENGTH = 100;

  private final boolean color;

  /**
   * A formatter.
   *
   * @param color whether verdicts are coloured with ANSI escapes, for a terminal
   */
  public LogText(boolean color) {
    this.color = color;
  }

  /** The report as text, without a newline at its end. The first line starts with {@code leakwatch}. */
  public String format(LeakReport report) {
    TaskView tasks = report.tasks();
    if (report.findings().isEmpty() && tasks == null) {
      return status(report) + gone(report);
    }
    StringBuilder text = new StringBuilder(title(report)).append("\n\n");
    int bytes = text.length() + (tasks == null ? 0 : TASKS_BUDGET);
    List<TrackedFinding> untold = new ArrayList<>();
    boolean full = false;
    boolean endedToldLast = false;
    for (TrackedFinding tracked : report.findings()) {
      boolean open = tracked.state().isOpen();
      String block = open && full ? "" : block(report.reason(), tracked, bytes);
      int size = TextBlock.bytes(block);
      full = full || bytes + size > OPEN_BUDGET;
      if (open ? full : bytes + size > ENDED_BUDGET) {
        untold.add(tracked);
      } else {
        text.append(block);
        bytes += size;
        endedToldLast = !open;
      }
    }
    if (endedToldLast) {
      text.append('\n');
    }
    if (!untold.isEmpty()) {
      text.append(untold(untold));
    }
    if (tasks != null) {
      int left = ENDED_BUDGET - TextBlock.bytes(text.toString());
      text.append(TasksText.format(tasks, left)).append('\n');
    }
    return text.append(status(report)).append(gone(report)).toString();
  }

  /** One open finding in full, as it stands in a report; ends in a newline. */
  public String format(TrackedFinding open) {
    return FindingText.inFull(open, color);
  }

  private static String title(LeakReport report) {
    long fresh = count(report.findings(), FindingState.NEW);
    return "leakwatch report "
        + report.sequence()
        + " ("
        + report.reason().name().toLowerCase(Locale.ROOT)
        + "): "
        + Words.count(open(report.findings()).size(), "open finding")
        + (fresh == 0 ? "" : ", " + fresh + " new")
        + "; JVM "
        + report.jvm().pid()
        + ", Java "
        + PlainText.of(report.jvm().version(), 40)
        + ", up "
        + Words.duration(report.jvm().uptime());
  }

  private String block(Reason reason, TrackedFinding tracked, int bytesBefore) {
    if (!tracked.state().isOpen()) {
      return FindingText.ended(tracked, color);
    }
    boolean inFull = tracked.state() == FindingState.NEW || reason != Reason.PERIODIC;
    if (inFull && bytesBefore < FULL_BUDGET) {
      String block = FindingText.inFull(tracked, color) + "\n";
      if (bytesBefore + TextBlock.bytes(block) <= FULL_BUDGET) {
        return block;
      }
    }
    return FindingText.inShort(tracked, color) + "\n";
  }

  private static String untold(List<TrackedFinding> untold) {
    long fresh = count(untold, FindingState.NEW);
    return "… "
        + Words.count(untold.size(), "more finding")
        + (fresh == 0 ? "" : ", " + fresh + " of them new")
        + "; the JSON report lists all\n\n";
  }

  private static String status(LeakReport report) {
    List<TrackedFinding> open = open(report.findings());
    LeakReport.Agent agent = report.agent();
    boolean incomplete = agent.hookFailures() > 0 || agent.dropped() > 0;
    StringBuilder line = new StringBuilder("leakwatch");
    line.append(incomplete ? " incomplete: " : open.isEmpty() ? " ok: " : ": ");
    line.append(threads(report.threads())).append(", ").append(executors(report.executors()));
    line.append(", ").append(findings(open));
    if (report.retractedTotal() > 0) {
      line.append(", ").append(report.retractedTotal()).append(" retracted so far");
    }
    line.append("; agent busy ").append(agent.cpuMillis()).append(" ms, ");
    line.append(Words.count(agent.hookFailures(), "hook failure"));
    if (agent.dropped() > 0) {
      line.append(", ").append(agent.dropped()).append(" dropped from the account");
    }
    return line.toString();
  }

  /** Known findings that were not found any more. */
  private static String gone(LeakReport report) {
    List<String> gone = report.gone();
    return gone.isEmpty()
        ? ""
        : "\nleakwatch: " + Words.count(gone.size(), "known finding")
            + (gone.size() == 1 ? " was" : " were")
            + " not found in this run; if repaired, delete from the file of known ones: "
            + gone.stream()
                .limit(GONE_TOLD)
                .map(known -> PlainText.of(known, GONE_LENGTH))
                .collect(Collectors.joining("; "))
            + (gone.size() > GONE_TOLD ? "; …" : "");
  }

  private static String threads(LeakReport.Threads threads) {
    String baseline =
        threads.baseline() == 0 ? "no baseline yet" : "baseline " + threads.baseline();
    return threads.platform()
        + " platform + "
        + threads.virtual()
        + " virtual threads ("
        + baseline
        + ")";
  }

  private static String executors(LeakReport.Executors executors) {
    long ending = executors.shutDownNotTerminated();
    return Words.count(executors.live(), "executor")
        + (ending == 0 ? "" : " (" + ending + " shut down, not terminated)");
  }

  private static String findings(List<TrackedFinding> open) {
    if (open.isEmpty()) {
      return "no findings";
    }
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : List.of(Verdict.PROVEN, Verdict.CONFIRMED, Verdict.SUSPECTED)) {
      long number =
          open.stream().filter(tracked -> tracked.verdict() == verdict).count();
      if (number > 0) {
        parts.add(number + " " + verdict.name().toLowerCase(Locale.ROOT));
      }
    }
    long known = open.stream().filter(TrackedFinding::known).count();
    return Words.count(open.size(), "finding")
        + " ("
        + String.join(", ", parts)
        + (known == 0 ? "" : "; " + known + " known")
        + ")";
  }

  private static List<TrackedFinding> open(List<TrackedFinding> findings) {
    return findings.stream().filter(tracked -> tracked.state().isOpen()).toList();
  }

  private static long count(List<TrackedFinding> findings, FindingState state) {
    return findings.stream().filter(tracked -> tracked.state() == state).count();
  }
}
