package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.tasks.TaskView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTextTest {
  private static final String SHOP = """
      leakwatch tasks: 166 executors, 5 tasks running, 12 waiting, 1 failed, 5 cancelled in queues; 1200 virtual threads without an executor

      TASKS IN        executor
        created at  com.acme.YearlyReport.<init>(YearlyReport.java:20)
        threads     4 of at most 4
        tasks       4 running, oldest 3m 12s; 12 waiting, oldest 1m 2s; 1023 finished; 1 failed; 2 rejected; 3 cancelled
        running     3m 12s    com.acme.YearlyReport::writeYear, TIMED_WAITING, pool-1-thread-2
                              at com.acme.YearlyReport.writeYear(YearlyReport.java:38)
                              submitted at com.acme.YearlyReport.serve(YearlyReport.java:26)
                    6s        3 x com.acme.YearlyReport::writeYear, TIMED_WAITING, pool-1-thread-1 and 2 more
                              at com.acme.YearlyReport.writeYear(YearlyReport.java:38)
                              submitted at com.acme.YearlyReport.serve(YearlyReport.java:26)
        waiting     1m 2s     11 x com.acme.YearlyReport::writeDay
                              submitted at com.acme.YearlyReport.serve(YearlyReport.java:26)
                    unknown   com.acme.Audit
                    … 7 more

      TASKS IN        fork-join pool (the common pool), older than the agent
        threads     1 of at most 3
        tasks       1 running, oldest 2h 5m
        running     2h 5m     com.acme.Prices::load, RUNNABLE, ForkJoinPool.commonPool-worker-1
                    … 5 more

      TASKS IN        143 executors (com.acme.QuietPool), 2 of them shut down, not terminated
        created at  com.acme.PriceReport.serve(PriceReport.java:17)
        threads     143, without a limit
        tasks       none

      TASKS IN        timer, shut down, not terminated
        created at  unknown
        threads     1 of at most 1
        tasks       4 scheduled

      … 20 more executors

      VIRTUAL THREADS 1200 without an executor
        created at  com.acme.SettlementJob.serve(SettlementJob.java:31)
                    1000, oldest 5m 2s, WAITING at com.acme.SettlementJob.await(SettlementJob.java:40)
        created at  unknown
                    150, oldest 1s, TERMINATED
                    … 50 more
      """;

  @Test
  void tellsWhatTheExecutorsRun() {
    assertThat(TasksText.format(TaskViews.shop())).isEqualTo(SHOP);
  }

  @Test
  void isOneLineWhereThereIsNothing() {
    assertThat(TasksText.format(TaskViews.EMPTY))
        .isEqualTo("leakwatch tasks: 0 executors, 0 tasks running\n");
  }

  @Test
  void countsTheRunningTasksThatFindNoPlace() {
    TaskView crowded = TaskViews.hostile("com.acme.A.run(A.java:1)");
    String first = TasksText.format(crowded).split("\n\n", 3)[1];
    assertThat(first.lines().filter(line -> line.contains("1000000 x ")))
        .hasSize(ExecutorText.MAX_RUNNING + ExecutorText.MAX_WAITING);
    assertThat(first)
        .contains("\n              … " + (1 + 88 * 1_000_000) + " more\n  waiting ")
        .endsWith("\n              … " + (1 + 94 * 1_000_000) + " more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "com.acme.A.run(A.java:1)", "é", "\u202e\r\n", "\ud83d\ude00", "\ud83d"})
  void staysUnderAHundredKilobytesWhateverThereIsToTell(String unit) {
    TaskView view = TaskViews.hostile(unit.repeat(10_000));
    String text = TasksText.format(view);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(50_000, 100_000);
    long told = text.lines().filter(line -> line.startsWith("TASKS IN ")).count();
    long count = (1_000 - told) * Integer.MAX_VALUE + 10;
    assertThat(told).isPositive();
    assertThat(text)
        .contains(
            "\n… " + count + " more executors (" + (1_000 - told) * 1_000 + " tasks running, ");
    long sites =
        text.lines().filter(line -> line.contains(", oldest 400d 0h, TIMED_W")).count();
    assertThat(sites).isPositive();
    assertThat(text).endsWith("… " + ((1_000 - sites) * 1_000 + 10) + " more\n");
    assertThat(text).doesNotContain("\r", "\u202e");
  }

  @Test
  void isPartOfAReportThatSomebodyAskedFor() {
    String report = new LogText(false)
        .format(ReportBuilder.healthy()
            .reason(Reason.REQUEST)
            .finding(FindingState.ONGOING, FindingBuilder.executors().build())
            .tasks(TaskViews.shop())
            .build());
    List<String> parts = List.of(
        "leakwatch report 7 (request): 1 open finding;",
        "LEAK CONFIRMED  executor never shut down",
        "java.lang.Thread.run(Thread.java:1474)\n\nleakwatch tasks: ",
        "… 50 more\n\nleakwatch: 41 platform");
    assertThat(report).startsWith(parts.get(0)).containsSubsequence(parts).contains("\n" + SHOP);
    String healthy = new LogText(false)
        .format(ReportBuilder.healthy()
            .reason(Reason.REQUEST)
            .tasks(TaskViews.EMPTY)
            .build());
    assertThat(healthy).isEqualTo("""
            leakwatch report 7 (request): 0 open findings; JVM 4711, Java 25.0.3, up 13m 32s

            leakwatch tasks: 0 executors, 0 tasks running

            leakwatch ok: 41 platform + 1830 virtual threads (baseline 95), 12 executors, no findings; \
            agent busy 35 ms, 0 hook failures""");
  }

  @Test
  void aReportWithTasksStaysUnderAHundredKilobytesAndTellsOfBoth() {
    ReportBuilder builder =
        ReportBuilder.healthy().reason(Reason.REQUEST).tasks(TaskViews.hostile("é".repeat(10_000)));
    for (int i = 0; i < 1_000; i++) {
      builder.finding(FindingState.ONGOING, FindingBuilder.executors().build());
    }
    String report = new LogText(false).format(builder.build());
    assertThat(report.getBytes(StandardCharsets.UTF_8).length).isLessThan(100_000);
    assertThat(report)
        .contains(
            "LEAK CONFIRMED", " more findings", "TASKS IN  ", "VIRTUAL THREADS", "; agent busy");
  }
}
