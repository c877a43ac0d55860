package io.leakwatch.report;

import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.RunningTasks;
import io.leakwatch.tasks.TaskCounts;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.ThreadTasks;
import io.leakwatch.tasks.WaitingTasks;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Hand-built views of tasks for tests. */
final class TaskViews {
  static final TaskView EMPTY = new TaskView(List.of(), 0, List.of(), 0, 0);

  private TaskViews() {}

  /** A shop at a busy time: a pool, the common pool, leaked pools, a timer, and virtual threads. */
  static TaskView shop() {
    ExecutorTasks reports = new ExecutorTasks(
        "executor",
        "",
        "com.acme.YearlyReport.<init>(YearlyReport.java:20)",
        1,
        0,
        false,
        4,
        4,
        new TaskCounts(4, 12, 0, 1023, 1, 2, 3),
        List.of(
            running(1, "com.acme.YearlyReport::writeYear", 192, "pool-1-thread-2"),
            running(3, "com.acme.YearlyReport::writeYear", 6, "pool-1-thread-1")),
        0,
        List.of(
            new WaitingTasks(
                11,
                "com.acme.YearlyReport::writeDay",
                Duration.ofSeconds(62),
                "com.acme.YearlyReport.serve(YearlyReport.java:26)"),
            new WaitingTasks(1, "com.acme.Audit", null, "")),
        7);
    ExecutorTasks common = new ExecutorTasks(
        "fork-join pool",
        "the common pool",
        "",
        1,
        0,
        true,
        1,
        3,
        new TaskCounts(1, 0, 0, -1, -1, -1, -1),
        List.of(new RunningTasks(
            1,
            "com.acme.Prices::load",
            Duration.ofMinutes(125),
            "ForkJoinPool.commonPool-worker-1",
            Thread.State.RUNNABLE,
            "",
            "")),
        5,
        List.of(),
        0);
    ExecutorTasks leaked = new ExecutorTasks(
        "executor",
        "com.acme.QuietPool",
        "com.acme.PriceReport.serve(PriceReport.java:17)",
        143,
        2,
        false,
        143,
        Integer.MAX_VALUE,
        new TaskCounts(0, 0, 0, 0, 0, 0, 0),
        List.of(),
        0,
        List.of(),
        0);
    ExecutorTasks timer = new ExecutorTasks(
        "timer",
        "",
        "",
        1,
        1,
        false,
        1,
        1,
        new TaskCounts(0, 0, 4, -1, 0, -1, 0),
        List.of(),
        0,
        List.of(),
        0);
    return new TaskView(
        List.of(reports, common, leaked, timer),
        20,
        List.of(
            new ThreadTasks(
                1000,
                "com.acme.SettlementJob.serve(SettlementJob.java:31)",
                Duration.ofSeconds(302),
                Thread.State.WAITING,
                "com.acme.SettlementJob.await(SettlementJob.java:40)"),
            new ThreadTasks(150, "", Duration.ofSeconds(1), Thread.State.TERMINATED, "")),
        50,
        5);
  }

  /** As many executors and threads of as many tasks as there may be, and all texts as bad as they can be. */
  static TaskView hostile(String text) {
    RunningTasks running = new RunningTasks(
        1_000_000, text, Duration.ofDays(400), text, Thread.State.TIMED_WAITING, text, text);
    WaitingTasks waiting = new WaitingTasks(1_000_000, text, Duration.ofDays(400), text);
    ExecutorTasks executor = new ExecutorTasks(
        text,
        text,
        text,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        true,
        Long.MAX_VALUE / 1_000_000,
        Long.MAX_VALUE / 1_000_000,
        new TaskCounts(1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000),
        Collections.nCopies(100, running),
        1,
        Collections.nCopies(100, waiting),
        1);
    ThreadTasks threads =
        new ThreadTasks(1_000, text, Duration.ofDays(400), Thread.State.TIMED_WAITING, text);
    return new TaskView(
        Collections.nCopies(1_000, executor), 10, Collections.nCopies(1_000, threads), 10, 10);
  }

  private static RunningTasks running(long count, String task, long seconds, String thread) {
    return new RunningTasks(
        count,
        task,
        Duration.ofSeconds(seconds),
        thread,
        Thread.State.TIMED_WAITING,
        "com.acme.YearlyReport.writeYear(YearlyReport.java:38)",
        "com.acme.YearlyReport.serve(YearlyReport.java:26)");
  }
}
