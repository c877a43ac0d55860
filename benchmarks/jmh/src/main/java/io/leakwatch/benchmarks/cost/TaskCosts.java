package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.cost.MeasuredJvm.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what a task costs with an agent, over what it costs with an agent that does nothing.
 *
 * <pre>{@code
 * java -cp benchmarks/jmh/target/jmh.jar io.leakwatch.benchmarks.cost.TaskCosts agent/target/leakwatch.jar
 *     [--rounds 5] [--slices 20] [--slice-millis 50] [--warmup-millis 2000] [--cpu 1] [--only POOL_1,POOL_2]
 * }</pre>
 *
 * <p>Each round starts a new pair of JVMs, because how code is compiled differs from JVM to JVM. In each, both warm up,
 * then do slices of the same work by turns, the first of a turn being the last of the next; the ratio of a round is the
 * median over the turns. The table gives the median of the rounds and their lowest and highest.
 */
public final class TaskCosts {
  private record Round(double ratio, double emptyNanos, double nanos, double moreBytes) {}

  private final Map<String, String> options;
  private final List<String> prefix;
  private final long sliceNanos;

  private TaskCosts(Map<String, String> options) {
    this.options = options;
    this.prefix =
        options.containsKey("--cpu") ? List.of("taskset", "-c", options.get("--cpu")) : List.of();
    this.sliceNanos = Duration.ofMillis(number("--slice-millis", 50)).toNanos();
  }

  public static void main(String[] args) throws IOException {
    if (args.length == 0 || args.length % 2 == 0) {
      System.err.println("usage: TaskCosts LEAKWATCH_JAR[=OPTIONS] [--rounds N] [--slices N]"
          + " [--slice-millis N] [--warmup-millis N] [--cpu N] [--only WORKLOAD,WORKLOAD]");
      System.exit(2);
    }
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    new TaskCosts(options).measure(args[0]);
  }

  private void measure(String agent) throws IOException {
    Path folder = Files.createTempDirectory("task-costs-");
    String empty = EmptyAgent.jarIn(folder).toString();
    Map<TaskWorkload, List<Round>> rounds = new EnumMap<>(TaskWorkload.class);
    for (int round = 0; round < number("--rounds", 5); round++) {
      try (MeasuredJvm without = new MeasuredJvm(prefix, empty);
          MeasuredJvm with = new MeasuredJvm(prefix, agent)) {
        // All first: how one is compiled depends on what else was run.
        workloads().forEach(workload -> tasksOfASlice(workload, without));
        workloads().forEach(workload -> tasksOfASlice(workload, with));
        for (TaskWorkload workload : workloads()) {
          rounds
              .computeIfAbsent(workload, w -> new ArrayList<>())
              .add(round(workload, without, with));
        }
      }
    }
    Files.delete(Path.of(empty));
    Files.delete(folder);
    print(rounds);
  }

  private Round round(TaskWorkload workload, MeasuredJvm without, MeasuredJvm with) {
    int tasks = tasksOfASlice(workload, without);
    tasksOfASlice(workload, with);
    int turns = (int) number("--slices", 20);
    double[] ratios = new double[turns];
    Cost[] costsWithout = new Cost[turns];
    Cost[] costsWith = new Cost[turns];
    for (int turn = 0; turn < turns; turn++) {
      if (turn % 2 == 0) {
        costsWithout[turn] = without.run(workload, tasks);
        costsWith[turn] = with.run(workload, tasks);
      } else {
        costsWith[turn] = with.run(workload, tasks);
        costsWithout[turn] = without.run(workload, tasks);
      }
      ratios[turn] = (double) costsWith[turn].nanos() / costsWithout[turn].nanos();
    }
    return new Round(
        median(ratios),
        median(Arrays.stream(costsWithout).mapToDouble(c -> c.nanos()).toArray()) / tasks,
        median(Arrays.stream(costsWith).mapToDouble(c -> c.nanos()).toArray()) / tasks,
        (median(Arrays.stream(costsWith).mapToDouble(c -> c.bytes()).toArray())
                - median(Arrays.stream(costsWithout).mapToDouble(c -> c.bytes()).toArray()))
            / tasks);
  }

  /** Warms up, by CPU time so that a busy machine makes it no shorter; returns how many tasks fill a slice. */
  private int tasksOfASlice(TaskWorkload workload, MeasuredJvm jvm) {
    long left = Duration.ofMillis(number("--warmup-millis", 2_000)).toNanos();
    int tasks = 1_000;
    do {
      long nanos = Math.max(1, jvm.run(workload, tasks).nanos());
      tasks = (int) Math.max(100, Math.min(100_000_000, (double) tasks * sliceNanos / nanos));
      left -= nanos;
    } while (left > 0);
    return tasks;
  }

  private List<TaskWorkload> workloads() {
    List<String> only = List.of(options.getOrDefault("--only", "").split(",", -1));
    return Arrays.stream(TaskWorkload.values())
        .filter(w -> !w.isVirtual() || Runtime.version().feature() >= 21)
        .filter(w -> !options.containsKey("--only") || only.contains(w.name()))
        .toList();
  }

  private long number(String option, long otherwise) {
    return Long.parseLong(options.getOrDefault(option, "" + otherwise));
  }

  private void print(Map<TaskWorkload, List<Round>> rounds) {
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %s%n%n| an empty task | ns, empty agent | ns, this agent | ratio | of the rounds | more bytes |%n"
            + "|---|---|---|---|---|---|%n",
        Runtime.version(),
        prefix.isEmpty() ? "not pinned" : "pinned to one CPU");
    rounds.forEach((workload, all) -> System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.3f | %.3f to %.3f | %.1f |%n",
        workload.title(),
        median(all.stream().mapToDouble(Round::emptyNanos).toArray()),
        median(all.stream().mapToDouble(Round::nanos).toArray()),
        median(all.stream().mapToDouble(Round::ratio).toArray()),
        all.stream().mapToDouble(Round::ratio).min().orElseThrow(),
        all.stream().mapToDouble(Round::ratio).max().orElseThrow(),
        median(all.stream().mapToDouble(Round::moreBytes).toArray())));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
