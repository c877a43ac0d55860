package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.AgentReports.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the agent uses while nothing happens: with many live threads, at its usual pace. */
final class IdleAgent implements Measurement {
  private static final double GOAL_PERCENT = 0.2;
  private static final double GOAL_MEGABYTES = 15;
  private static final int HEAP_MEGABYTES = 512;

  /** The first ones run code that is not compiled yet. */
  private static final int SAMPLES_BEFORE = 3;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /**
   * What was used in a while.
   *
   * @param reported percent of one core, as the agent reports it
   * @param measured the same, as the JVM counts it for the agent's threads
   * @param reportedMegabytes of heap, as the agent reports it: what it keeps of the application
   * @param megabytes of heap on top of what a JVM with an empty agent has that does the same
   */
  private record Used(
      double reported, double measured, double reportedMegabytes, double megabytes) {}

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String measure(Bench bench) throws IOException, InterruptedException {
    int threads = bench.options().either(10_000, 100);
    Table table = new Table(List.of(
        "live threads",
        "% of one core, as reported",
        "% of one core, by the JVM's count",
        "goal",
        "heap on top of an empty agent, MB",
        "goal",
        "of that, as reported, MB"));
    List<String> kinds =
        bench.jdk().hasVirtualThreads() ? List.of("platform", "virtual") : List.of("platform");
    for (String kind : kinds) {
      List<Used> all = new ArrayList<>();
      for (int round = 0; round < Math.min(3, bench.rounds(3)); round++) {
        all.add(measure(bench, kind, threads));
      }
      Spread measured = Spread.of(all.stream().map(Used::measured).toList());
      Spread megabytes = Spread.of(all.stream().map(Used::megabytes).toList());
      table.add(List.of(
          threads + " " + kind,
          Spread.of(all.stream().map(Used::reported).toList()).cell(3),
          measured.cell(3),
          Goal.atMost(GOAL_PERCENT, " %").cell(measured.median()),
          megabytes.cell(2),
          Goal.atMost(GOAL_MEGABYTES, " MB").cell(megabytes.median()),
          Spread.of(all.stream().map(Used::reportedMegabytes).toList()).cell(2)));
    }
    return table.toString();
  }

  private static Used measure(Bench bench, String kind, int threads)
      throws IOException, InterruptedException {
    Path json = Files.createTempFile(bench.folder(), "idle-", ".json");
    String interval = bench.options().isQuick() ? "500ms" : "10s";
    int samples = bench.options().either(6, 2);
    List<String> arguments = bench
        .contestants()
        .leakwatch("interval=" + interval + ",report-interval=" + interval + ",json=" + json);
    String live = "live " + kind + " " + threads;
    try (ForkedJvm jvm = bench.start(Contestant.LEAKWATCH, arguments, false, HEAP_MEGABYTES);
        ForkedJvm empty = bench.start(
            Contestant.EMPTY,
            bench.contestants().arguments(Contestant.EMPTY),
            false,
            HEAP_MEGABYTES)) {
      jvm.ask(live, LIMIT);
      empty.ask(live, LIMIT);
      AgentReports reports = new AgentReports(json);
      int then = reports.all().size();
      List<Report> first = reports.await(all -> all.size() >= then + SAMPLES_BEFORE, LIMIT);
      long begin = System.nanoTime();
      long agentBegin = jvm.askNumber("agent");
      List<Report> last = reports.await(all -> all.size() >= first.size() + samples, LIMIT);
      long nanos = System.nanoTime() - begin;
      long agentNanos = jvm.askNumber("agent") - agentBegin;
      long reported = newest(last).cpuMillis() - newest(first).cpuMillis();
      return new Used(
          100.0 * reported * 1e6 / nanos,
          100.0 * agentNanos / nanos,
          newest(last).heapBytes() / 1e6,
          (jvm.settledHeapBytes() - empty.settledHeapBytes()) / 1e6);
    }
  }

  private static Report newest(List<Report> reports) {
    return reports.get(reports.size() - 1);
  }
}
