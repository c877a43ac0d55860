package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.jdks.Jdk;
import java.io.IOException;
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
        try (ForkedJvm jvm = start(bench, contestant)) {
          all.computeIfAbsent(contestant, c -> new ArrayList<>())
              .add(measure(jvm, threads, samples));
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
        "bytes left of each that has ended, on top of an empty agent",
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

  private static ForkedJvm start(Bench bench, Contestant contestant) throws IOException {
    List<String> arguments = contestant == Contestant.LEAKWATCH
        ? bench.contestants().leakwatch("interval=1s")
        : bench.contestants().arguments(contestant);
    return bench.start(contestant, arguments, false, HEAP_MEGABYTES);
  }

  private static Bytes measure(ForkedJvm jvm, int threads, int samples)
      throws InterruptedException {
    // What is made once, with the first threads, is not theirs.
    jvm.ask("live virtual 1000");
    Thread.sleep(1_500L * samples);
    jvm.ask("end");
    long before = jvm.settledHeapBytes();
    jvm.ask("live virtual " + threads, LIMIT);
    Thread.sleep(1_500L * samples);
    long live = jvm.settledHeapBytes();
    jvm.ask("end", LIMIT);
    Thread.sleep(1_500L * samples);
    long after = jvm.settledHeapBytes();
    return new Bytes((double) (live - before) / threads, (double) (after - before) / threads);
  }

  private static Spread spread(
      Map<Contestant, List<Bytes>> all, Contestant contestant, boolean live) {
    return Spread.of(all.getOrDefault(contestant, List.of()).stream()
        .map(bytes -> live ? bytes.live() : bytes.ended())
        .toList());
  }
}
