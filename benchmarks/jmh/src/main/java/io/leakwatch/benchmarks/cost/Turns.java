package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.program.TaskWorkload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The same work by turns in several JVMs, slice by slice, so that what disturbs one disturbs all: each second turn has them in
 * reverse order. A ratio is the median over the turns.
 */
final class Turns {
  /** What some tasks took: CPU time in ns, and bytes. */
  private record Cost(double nanos, double bytes) {}

  /**
   * What a task took in one JVM, by the medians of all turns.
   *
   * @param nanos CPU time
   * @param bytes allocated
   * @param ratio of the CPU time to that of the contestant's reference, not a number when that has died
   */
  record Figure(double nanos, double bytes, double ratio) {}

  /** Slices are so much longer where the process is measured, which the JVM does in steps of 10 ms. */
  private static final int LONGER = 10;

  private final long sliceNanos;
  private final long warmupNanos;
  private final int turns;

  /** With as much work in a slice, and as many of them, as the command line says. */
  Turns(Options options) {
    sliceNanos = Duration.ofMillis(options.number("--slice-millis", 50, 1)).toNanos();
    warmupNanos = Duration.ofMillis(options.number("--warmup-millis", 1_000, 1)).toNanos();
    turns = options.number("--slices", 20, 1);
  }

  /** Warms up, by CPU time so that a busy machine makes it no shorter; returns how many tasks fill a slice. */
  int warmUp(TaskWorkload workload, ForkedJvm jvm) {
    long left = warmupNanos;
    double slice = sliceNanos * (workload.isOfThreadsThatEnd() ? LONGER : 1.0);
    int tasks = 1_000;
    do {
      double nanos = Math.max(1, run(workload, tasks, jvm).nanos());
      tasks = (int) Math.max(100, Math.min(100_000_000, tasks * (slice / nanos)));
      left -= (long) nanos;
    } while (left > 0);
    return tasks;
  }

  /** What a task took in each of the JVMs that are still alive at the end; an empty agent's is among them. */
  Map<Contestant, Figure> compare(TaskWorkload workload, Forks forks) {
    Map<Contestant, Integer> fills = new EnumMap<>(Contestant.class);
    forks.each((contestant, jvm) -> fills.put(contestant, warmUp(workload, jvm)));
    int tasks = Objects.requireNonNull(fills.get(Contestant.EMPTY));
    Map<Contestant, List<Cost>> costs = new EnumMap<>(Contestant.class);
    for (int turn = 0; turn < turns; turn++) {
      forks.each((contestant, jvm) ->
          costs.computeIfAbsent(contestant, c -> new ArrayList<>()).add(run(workload, tasks, jvm)));
      forks.reverse();
    }
    costs.values().removeIf(own -> own.size() < turns);
    Map<Contestant, Figure> figures = new EnumMap<>(Contestant.class);
    costs.forEach((contestant, own) ->
        figures.put(contestant, figure(own, costs.get(contestant.reference()), tasks)));
    return figures;
  }

  private Figure figure(List<Cost> own, @Nullable List<Cost> reference, int tasks) {
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; reference != null && turn < turns; turn++) {
      ratios.add(own.get(turn).nanos() / Math.max(1, reference.get(turn).nanos()));
    }
    return new Figure(
        median(own.stream().map(Cost::nanos).toList()) / tasks,
        median(own.stream().map(Cost::bytes).toList()) / tasks,
        ratios.isEmpty() ? Double.NaN : median(ratios));
  }

  private static Cost run(TaskWorkload workload, int tasks, ForkedJvm jvm) {
    double[] answer = Arrays.stream(
            jvm.ask("tasks " + workload.name() + " " + tasks).split(" ", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
    return new Cost(answer[0], answer[1]);
  }

  private static double median(List<Double> values) {
    return Spread.of(values).median();
  }
}
