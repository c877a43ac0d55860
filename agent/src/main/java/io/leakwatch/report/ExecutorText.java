package io.leakwatch.report;

import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.RunningTasks;
import io.leakwatch.tasks.TaskCounts;
import io.leakwatch.tasks.WaitingTasks;
import io.leakwatch.text.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the executors that were made at one place run, as text. Begins with an empty line; every line ends in a newline. */
final class ExecutorText {
  /** As many kinds of running tasks are told of an executor. */
  static final int MAX_RUNNING = 12;

  /** As many kinds of waiting tasks. */
  static final int MAX_WAITING = 6;

  // Generous: they only bound the text.
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_FRAME_LENGTH = 300;

  private final TextBlock text = new TextBlock();
  private final ExecutorTasks executor;

  private ExecutorText(ExecutorTasks executor) {
    this.executor = executor;
  }

  /** With its tasks. */
  static String inFull(ExecutorTasks executor) {
    ExecutorText block = new ExecutorText(executor);
    block.head();
    block.running();
    block.waiting();
    return block.text.toString();
  }

  /** Without. */
  static String inShort(ExecutorTasks executor) {
    ExecutorText block = new ExecutorText(executor);
    block.head();
    return block.text.toString();
  }

  /** A frame, fit for a log. */
  static String frame(String frame) {
    return PlainText.of(frame, MAX_FRAME_LENGTH);
  }

  private void head() {
    text.append("\n").append(TasksText.title("TASKS IN")).append(who()).append("\n");
    if (!executor.createdAt().isEmpty()) {
      text.line("created at", frame(executor.createdAt()));
    } else if (executor.name().isEmpty()) {
      text.line("created at", "unknown");
    }
    long maximum = executor.maximum();
    text.line(
        "threads",
        executor.threads()
            + (maximum == Integer.MAX_VALUE ? ", without a limit" : " of at most " + maximum));
    text.wrapped("tasks", counts());
  }

  private String who() {
    long count = executor.executors();
    String noun = name(executor.noun());
    StringBuilder who = new StringBuilder(count == 1 ? noun : Words.count(count, noun));
    if (!executor.name().isEmpty()) {
      who.append(" (").append(name(executor.name())).append(')');
    }
    if (executor.shutDown() > 0) {
      who.append(count == 1 ? ", " : ", " + executor.shutDown() + " of them ");
      who.append("shut down, not terminated");
    }
    if (executor.adopted()) {
      who.append(", older than the agent");
    }
    return who.toString();
  }

  private String counts() {
    TaskCounts counts = executor.counts();
    List<String> parts = new ArrayList<>();
    add(
        parts,
        counts.running(),
        "running",
        oldest(executor.running().stream().map(RunningTasks::oldest)));
    add(
        parts,
        counts.waiting(),
        "waiting",
        oldest(executor.waiting().stream().map(WaitingTasks::oldest)));
    add(parts, counts.scheduled(), "scheduled", "");
    add(parts, counts.finished(), "finished", "");
    add(parts, counts.failed(), "failed", "");
    add(parts, counts.rejected(), "rejected", "");
    add(parts, counts.cancelled(), "cancelled", "");
    return parts.isEmpty() ? "none" : String.join("; ", parts);
  }

  private static void add(List<String> parts, long count, String what, String oldest) {
    if (count > 0) {
      parts.add(count + " " + what + oldest);
    }
  }

  private static String oldest(Stream<Duration> ages) {
    return ages.filter(Objects::nonNull)
        .max(Duration::compareTo)
        .map(age -> ", oldest " + Words.duration(age))
        .orElse("");
  }

  private void running() {
    String label = "running";
    for (RunningTasks tasks : executor.running().stream().limit(MAX_RUNNING).toList()) {
      String others = tasks.count() > 1 ? " and " + (tasks.count() - 1) + " more" : "";
      text.item(
          label,
          Words.duration(tasks.oldest()),
          task(tasks.count(), tasks.task())
              + ", "
              + tasks.state()
              + ", "
              + name(tasks.thread())
              + others);
      frameLine("at ", tasks.at());
      frameLine("submitted at ", tasks.submittedAt());
      label = "";
    }
    more(
        label,
        executor.untoldRunning()
            + executor.running().stream()
                .skip(MAX_RUNNING)
                .mapToLong(RunningTasks::count)
                .sum());
  }

  private void waiting() {
    String label = "waiting";
    for (WaitingTasks tasks : executor.waiting().stream().limit(MAX_WAITING).toList()) {
      Duration oldest = tasks.oldest();
      text.item(
          label,
          oldest == null ? "unknown" : Words.duration(oldest),
          task(tasks.count(), tasks.task()));
      frameLine("submitted at ", tasks.submittedAt());
      label = "";
    }
    more(
        label,
        executor.untoldWaiting()
            + executor.waiting().stream()
                .skip(MAX_WAITING)
                .mapToLong(WaitingTasks::count)
                .sum());
  }

  private void frameLine(String what, String frame) {
    if (!frame.isEmpty()) {
      text.itemLine(what + frame(frame));
    }
  }

  private void more(String label, long untold) {
    if (untold > 0) {
      text.line(label, "… " + untold + " more");
    }
  }

  private static String task(long count, String task) {
    return (count == 1 ? "" : count + " x ") + frame(task);
  }

  private static String name(String name) {
    return PlainText.of(name, MAX_NAME_LENGTH);
  }
}
