package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.AgentReports.Report;
import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a report of very many leaked threads takes, and how long it is. A report that is asked for takes a sample of its own;
 * so does the list of tasks, and the difference of the two is what the report takes.
 */
final class LeakReportCost implements Measurement {
  private static final double GOAL_MILLIS = 100;
  private static final double GOAL_BYTES = 100_000;
  private static final int HEAP_MEGABYTES = 1_024;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Override
  public String name() {
    return "report";
  }

  @Override
  public boolean isFor(Jdk jdk) {
    return jdk.hasVirtualThreads();
  }

  @Override
  public String measure(Bench bench) throws IOException, InterruptedException {
    int threads = bench.options().either(100_000, 2_000);
    Path json = Files.createTempFile(bench.folder(), "report-", ".json");
    List<String> arguments =
        bench.contestants().leakwatch("interval=500ms,warmup=1s,settle=2,json=" + json);
    try (ForkedJvm jvm = bench.start(Contestant.LEAKWATCH, arguments, false, HEAP_MEGABYTES)) {
      AgentReports reports = new AgentReports(json);
      leak(jvm, reports, threads);
      List<Double> report = new ArrayList<>();
      List<Double> sample = new ArrayList<>();
      for (int round = 0; round < bench.options().either(9, 1); round++) {
        report.add(agentMillis(bench, jvm, "report"));
        sample.add(agentMillis(bench, jvm, "tasks"));
      }
      List<Double> difference = new ArrayList<>();
      for (int i = 0; i < report.size(); i++) {
        difference.add(report.get(i) - sample.get(i));
      }
      List<Report> all = reports.all();
      return text(threads, all.get(all.size() - 1).bytes(), report, difference);
    }
  }

  private static String text(int threads, int bytes, List<Double> report, List<Double> difference) {
    Spread without = Spread.of(difference);
    Table table = new Table(List.of("a report of " + threads + " leaked threads", "", "goal"));
    table.add(
        List.of("CPU ms", without.cell(1), Goal.atMost(GOAL_MILLIS, " ms").cell(without.median())));
    table.add(List.of("CPU ms with a sample of its own", Spread.of(report).cell(1), ""));
    table.add(
        List.of("bytes of JSON", "" + bytes, Goal.atMost(GOAL_BYTES, " bytes").cell(bytes)));
    return table.toString();
  }

  /** More and more threads, until the agent says that they leak, and then all of them. */
  private static void leak(ForkedJvm jvm, AgentReports reports, int threads)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    int live = 0;
    while (!isSaid(reports.all())) {
      if (System.nanoTime() > deadline) {
        throw new MeasurementFailed("the agent has not confirmed that " + live + " threads leak");
      }
      live = Math.min(threads, live + threads / 50);
      jvm.ask("live virtual " + live);
      Thread.sleep(500);
    }
    jvm.ask("live virtual " + threads, LIMIT);
  }

  private static boolean isSaid(List<Report> reports) {
    return reports.stream().anyMatch(report -> report.line().contains("CONFIRMED"));
  }

  /** CPU time of the agent's threads while it answers to a command. */
  private static double agentMillis(Bench bench, ForkedJvm jvm, String command)
      throws IOException, InterruptedException {
    long before = jvm.askNumber("agent");
    Process process = ForkedJvm.builder(
            List.of(
                bench.jdk().tool("java"),
                "-jar",
                bench.contestants().leakwatchJar().toString(),
                command,
                "" + jvm.pid()),
            bench.folder())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new MeasurementFailed("the agent's command " + command
            + (ended ? " ended with status " + process.exitValue() : " does not end"));
      }
    } finally {
      ForkedJvm.kill(process);
    }
    return (jvm.askNumber("agent") - before) / 1e6;
  }
}
