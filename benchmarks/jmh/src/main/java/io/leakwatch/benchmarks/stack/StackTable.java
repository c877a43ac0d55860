package io.leakwatch.benchmarks.stack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the stacks against each other and prints the table of {@code docs/stacks.md}.
 *
 * <p>In rounds: each runs every benchmark once with every stack, in a JVM of its own, so that a machine that gets slower or
 * faster meanwhile does so for all of them. Compared are the medians; the ratios are taken within a round first.
 */
public final class StackTable {
  private static final int ROUNDS = 5;

  private StackTable() {}

  /** The throughputs, in pairs of push and pop a microsecond, and the bytes allocated a pair, one of each a round. */
  private record Series(List<Double> throughputs, List<Double> bytes) {
    Series() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Measures, for some ten minutes; the number of rounds may be given. */
  public static void main(String[] args) throws RunnerException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Map<String, Map<StackKind, Series>> table = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : runOnce()) {
        add(result, table);
      }
    }
    System.out.printf(
        "JDK %s, %d processors, %d rounds%n%n",
        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors(), rounds);
    System.out.println(
        "| threads | stack | pairs/µs: median (least to most) | against the mutex | B/pair |");
    System.out.println("|---|---|---|---|---|");
    table.forEach(StackTable::printRows);
  }

  private static void printRows(String threads, Map<StackKind, Series> stacks) {
    Series mutex = Objects.requireNonNull(stacks.get(StackKind.MUTEX));
    stacks.forEach((kind, series) -> System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %.0f |%n",
        threads,
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        spread(series.throughputs()),
        spread(ratios(series, mutex)),
        median(series.bytes())));
  }

  private static Collection<RunResult> runOnce() throws RunnerException {
    return new Runner(new OptionsBuilder()
            .include(PlatformThreadsBenchmark.class.getName())
            .include(ThousandTasksBenchmark.class.getName())
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(700))
            .measurementIterations(3)
            .measurementTime(TimeValue.milliseconds(700))
            .addProfiler(GCProfiler.class)
            .build())
        .run();
  }

  private static void add(RunResult result, Map<String, Map<StackKind, Series>> table) {
    String benchmark = result.getParams().getBenchmark();
    boolean tasks = benchmark.startsWith(ThousandTasksBenchmark.class.getName());
    double pairs = tasks ? Double.parseDouble(result.getParams().getParam("pairs")) : 1;
    // Tasks are counted by the millisecond, pairs by the microsecond.
    double throughput = result.getPrimaryResult().getScore() * (tasks ? pairs / 1_000 : 1);
    Result<?> bytes =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
    Series series = table
        .computeIfAbsent(
            tasks ? "1,000 tasks" : Integer.toString(result.getParams().getThreads()),
            threads -> new LinkedHashMap<>())
        .computeIfAbsent(
            StackKind.valueOf(result.getParams().getParam("stack")), kind -> new Series());
    series.throughputs().add(throughput);
    series.bytes().add(bytes.getScore() / pairs);
  }

  private static List<Double> ratios(Series series, Series yardstick) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < series.throughputs().size(); i++) {
      ratios.add(series.throughputs().get(i) / yardstick.throughputs().get(i));
    }
    return ratios;
  }

  private static String spread(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f to %.1f)",
        median(sorted),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
