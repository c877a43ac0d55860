package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Bytes of heap for a parked virtual thread, and what is left of each when all have ended. */
final class HeapPerThread implements Measurement {
  private static final double GOAL_BYTES = 16;

  /** Nothing; what is less than half a byte is not one. */
  private static final double NOTHING = 0.5;

  private static final int HEAP_MEGABYTES = 1_024;
  private static final int WARM_UPS = 3;

  /** As often as many threads come and go again, behind those that are looked at while they wait. */
  private static final int MORE = 9;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Bytes a thread: while it lives, and when it has ended. */
  private record Bytes(double live, double ended) {}

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public boolean isFor(Jdk jdk) {
    return jdk.hasVirtualThreads();
  }

  @Override
  public String measure(Bench bench) throws IOException, InterruptedException {
    int threads = bench.options().either(100_000, 1_000);
    int samples = bench.options().either(3, 1);
    Map<Contestant, List<Bytes>> all = new EnumMap<>(Contestant.class);
    for (int round = 0; round < Math.min(3, bench.rounds(3)); round++) {
      for (Contestant contestant : bench.contestants().present()) {
        Path json = Files.createTempFile(bench.folder(), "heap-", ".json");
        AgentReports reports = new AgentReports(json);
        try (ForkedJvm jvm = start(bench, contestant, json)) {
          all.computeIfAbsent(contestant, c -> new ArrayList<>())
              .add(
                  measure(jvm, threads, contestant == Contestant.LEAKWATCH ? samples : 0, reports));
        } catch (MeasurementFailed e) {
          if (!contestant.isAlternative()) {
            throw e;
          }
          System.err.println("overhead: " + e.getMessage() + "; the others go on without it");
        }
      }
    }
    Table table = new Table(List.of(
        "of " + threads + " virtual threads",
        "bytes of heap each, parked",
        "on top of an empty agent",
        "goal",
        "bytes left of each of " + (1 + MORE) * threads
            + " that have ended, on top of an empty agent",
        "goal"));
    Spread emptyLive = spread(all, Contestant.EMPTY, true);
    Spread emptyEnded = spread(all, Contestant.EMPTY, false);
    for (Contestant contestant : all.keySet()) {
      boolean own = contestant == Contestant.LEAKWATCH;
      double live = spread(all, contestant, true).median() - emptyLive.median();
      double ended = spread(all, contestant, false).median() - emptyEnded.median();
      table.add(List.of(
          contestant.title(),
          spread(all, contestant, true).cell(1),
          "%.1f".formatted(live),
          own ? Goal.atMost(GOAL_BYTES, "").cell(live) : "",
          "%.1f".formatted(ended),
          own ? Goal.atMost(NOTHING, "").cell(ended) : ""));
    }
    return table.toString();
  }

  private static ForkedJvm start(Bench bench, Contestant contestant, Path json) throws IOException {
    List<String> arguments = contestant == Contestant.LEAKWATCH
        ? bench.contestants().leakwatch("interval=1s,report-interval=1s,json=" + json)
        : bench.contestants().arguments(contestant);
    return bench.start(contestant, arguments, false, HEAP_MEGABYTES);
  }

  /** With so many samples of the agent, each of which it reports, before each look at the heap. */
  private static Bytes measure(ForkedJvm jvm, int threads, int samples, AgentReports reports)
      throws IOException, InterruptedException {
    // What is made once, with the first threads, is not theirs. A thread that waits keeps its
    // frames,
    // which are larger while their code is not compiled yet.
    for (int round = 0; round < WARM_UPS; round++) {
      jvm.ask("live virtual " + threads, LIMIT);
      awaitMore(samples, reports);
      jvm.ask("end", LIMIT);
    }
    long before = jvm.settledHeapBytes();
    jvm.ask("live virtual " + threads, LIMIT);
    awaitMore(samples, reports);
    long live = jvm.settledHeapBytes();
    jvm.ask("end", LIMIT);
    for (int i = 0; i < MORE; i++) {
      jvm.ask("live virtual " + threads, LIMIT);
      jvm.ask("end", LIMIT);
    }
    awaitMore(samples, reports);
    long after = jvm.settledHeapBytes();
    return new Bytes(
        (double) (live - before) / threads, (double) (after - before) / threads / (1 + MORE));
  }

  private static void awaitMore(int samples, AgentReports reports)
      throws IOException, InterruptedException {
    // The first of them may have been taken before.
    int then = samples == 0 ? 0 : reports.all().size() + 1;
    reports.await(all -> all.size() >= then + samples, LIMIT);
  }

  private static Spread spread(
      Map<Contestant, List<Bytes>> all, Contestant contestant, boolean live) {
    return Spread.of(all.getOrDefault(contestant, List.of()).stream()
        .map(bytes -> live ? bytes.live() : bytes.ended())
        .toList());
  }
}
