package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.AgentReports.Report;
import io.leakwatch.benchmarks.cost.SafepointLog.Safepoint;
import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a sample takes when there are very many virtual threads, and whether it ever stops the application. */
final class MillionThreads implements Measurement {
  private static final double GOAL_SAMPLE_MILLIS = 500;
  private static final double GOAL_SAFEPOINT_MILLIS = 5;
  private static final int HEAP_MEGABYTES = 4_096;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "million";
  }

  @Override
  public boolean isFor(Jdk jdk) {
    return jdk.hasVirtualThreads();
  }

  @Override
  public String measure(Bench bench) throws IOException, InterruptedException {
    int threads = bench.options().either(1_000_000, 10_000);
    int samples = bench.options().either(6, 2);
    String interval = bench.options().isQuick() ? "500ms" : "5s";
    int heap = bench.options().either(HEAP_MEGABYTES, 256);
    Path json = Files.createTempFile(bench.folder(), "million-", ".json");
    Path log = bench.folder().resolve("safepoints.log");
    List<String> arguments = new ArrayList<>(bench
        .contestants()
        .leakwatch("interval=" + interval + ",report-interval=" + interval + ",json=" + json));
    arguments.add("-Xlog:safepoint:file=" + log + ":uptime:filecount=0");
    List<Report> reports;
    Duration watched;
    try (ForkedJvm jvm = bench.start(Contestant.LEAKWATCH, arguments, false, heap)) {
      jvm.ask("live virtual " + threads, LIMIT);
      AgentReports written = new AgentReports(json);
      // The first sample behind the start of the threads sees some of them being started.
      int then = written.all().size() + 2;
      written.await(all -> all.size() >= then, LIMIT);
      long logBegin = Files.size(log);
      long begin = System.nanoTime();
      reports = written
          .await(all -> all.size() >= then + samples, LIMIT)
          .subList(then - 1, then + samples);
      watched = Duration.ofNanos(System.nanoTime() - begin);
      return text(threads, reports, watched, Files.readString(log).substring((int) logBegin));
    }
  }

  private static String text(
      int threads, List<Report> reports, Duration watched, String safepoints) {
    List<Double> millis = new ArrayList<>();
    for (int i = 1; i < reports.size(); i++) {
      millis.add((double) (reports.get(i).cpuMillis() - reports.get(i - 1).cpuMillis()));
    }
    List<Safepoint> ours = SafepointLog.withoutCollections(safepoints).toList();
    Optional<Safepoint> longest = ours.stream().max(Comparator.comparing(Safepoint::millis));
    Spread sample = Spread.of(millis);
    Table table = new Table(List.of("with " + threads + " live virtual threads", "", "goal"));
    table.add(List.of(
        "a sample with its report, CPU ms",
        sample.cell(0),
        Goal.atMost(GOAL_SAMPLE_MILLIS, " ms").cell(sample.median())));
    table.add(List.of(
        "longest safepoint that is not the collector's",
        longest.map(Safepoint::toString).orElse("there was none")
            + "; %d in %d s".formatted(ours.size(), watched.toSeconds()),
        Goal.atMost(GOAL_SAFEPOINT_MILLIS, " ms")
            .cell(longest.map(Safepoint::millis).orElse(0.0))));
    return table.toString();
  }
}
