package io.leakwatch.report;

import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.TaskCounts;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.ThreadTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the executors run, as text for people: a line of sums, a block for each executor, and the virtual threads that
 * work for none. Bounded; what is not told is said as a number. Every line ends in a newline.
 */
public final class TasksText {
  /** The most bytes that the text has when it stands alone. */
  public static final int MAX_BYTES = 98_000;

  /** Of the bytes there are, when so many are used the executors that follow are told in short. */
  private static final double FULL_SHARE = 0.6;

  /** When so many are used, the executors that follow are only counted. */
  private static final double SHORT_SHARE = 0.8;

  /** When so many are used, the virtual threads that follow are only counted. */
  private static final double THREADS_SHARE = 0.97;

  private static final int TITLE_COLUMN = 16;

  private final TextBlock text = new TextBlock();
  private final TaskView view;
  private final int maxBytes;
  private int bytes;

  private TasksText(TaskView view, int maxBytes) {
    this.view = view;
    this.maxBytes = maxBytes;
  }

  /** The text, in at most {@link #MAX_BYTES}. The first line starts with {@code leakwatch}. */
  public static String format(TaskView view) {
    return format(view, MAX_BYTES);
  }

  /**
   * The text.
   *
   * @param maxBytes the most bytes that it has, in UTF-8; at least a few thousand
   */
  static String format(TaskView view, int maxBytes) {
    TasksText tasks = new TasksText(view, maxBytes);
    tasks.add(tasks.sums() + "\n");
    tasks.executors();
    tasks.virtualThreads();
    return tasks.text.toString();
  }

  private String sums() {
    List<ExecutorTasks> executors = view.executors();
    long all = sum(executors, ExecutorTasks::executors) + view.untoldExecutors();
    StringBuilder line = new StringBuilder("leakwatch tasks: ");
    line.append(Words.count(all, "executor")).append(", ");
    line.append(Words.count(sum(executors, e -> e.counts().running()), "task")).append(" running");
    plus(line, sum(executors, e -> e.counts().waiting()), " waiting");
    plus(line, sum(executors, e -> e.counts().failed()), " failed");
    plus(line, view.cancelledInQueues(), " cancelled in queues");
    long threads = virtualThreadCount();
    if (threads > 0) {
      line.append("; ").append(Words.count(threads, "virtual thread"));
      line.append(" without an executor");
    }
    return line.toString();
  }

  private void executors() {
    List<ExecutorTasks> untold = new ArrayList<>();
    for (ExecutorTasks executor : view.executors()) {
      // After the first that found no place none is told: the busiest come first.
      if (!untold.isEmpty()
          || (!fits(ExecutorText.inFull(executor), FULL_SHARE)
              && !fits(ExecutorText.inShort(executor), SHORT_SHARE))) {
        untold.add(executor);
      }
    }
    long count = sum(untold, ExecutorTasks::executors) + view.untoldExecutors();
    if (count > 0) {
      StringBuilder line = new StringBuilder("\n… ").append(Words.count(count, "more executor"));
      long running = sum(untold, e -> e.counts().running());
      long waiting = sum(untold, e -> e.counts().waiting());
      if (running + waiting > 0) {
        line.append(" (").append(Words.count(running, "task")).append(" running");
        plus(line, waiting, " waiting");
        line.append(')');
      }
      add(line.append('\n').toString());
    }
  }

  private void virtualThreads() {
    long count = virtualThreadCount();
    if (count == 0) {
      return;
    }
    add("\n" + title("VIRTUAL THREADS") + count + " without an executor\n");
    long untold = view.untoldThreads();
    for (ThreadTasks threads : view.threads()) {
      if (!fits(threads(threads), THREADS_SHARE)) {
        untold += threads.count();
      }
    }
    if (untold > 0) {
      add(TextBlock.VALUE_INDENT + "… " + untold + " more\n");
    }
  }

  private static String threads(ThreadTasks threads) {
    TextBlock block = new TextBlock();
    String createdAt = threads.createdAt();
    block.line("created at", createdAt.isEmpty() ? "unknown" : ExecutorText.frame(createdAt));
    String at = threads.at().isEmpty() ? "" : " at " + ExecutorText.frame(threads.at());
    block.wrapped(
        "",
        threads.count() + ", oldest " + Words.duration(threads.oldest()) + ", " + threads.state()
            + at);
    return block.toString();
  }

  private long virtualThreadCount() {
    return sum(view.threads(), ThreadTasks::count) + view.untoldThreads();
  }

  /** Adds a block when there is room for it. */
  private boolean fits(String block, double share) {
    boolean fits = bytes + TextBlock.bytes(block) <= share * maxBytes;
    if (fits) {
      add(block);
    }
    return fits;
  }

  private void add(String piece) {
    text.append(piece);
    bytes += TextBlock.bytes(piece);
  }

  /** The first words of a block, as wide as those of a finding. */
  static String title(String words) {
    return words + " ".repeat(TITLE_COLUMN - words.length());
  }

  private static void plus(StringBuilder line, long number, String what) {
    if (number > 0) {
      line.append(", ").append(number).append(what);
    }
  }

  /** Where nobody keeps count there is nothing to add. */
  private static <T> long sum(List<T> values, ToLongFunction<T> number) {
    return values.stream()
        .mapToLong(number)
        .filter(n -> n != TaskCounts.UNKNOWN)
        .sum();
  }
}
