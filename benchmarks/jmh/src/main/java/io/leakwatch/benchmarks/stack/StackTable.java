package io.leakwatch.benchmarks.stack;

import io.leakwatch.benchmarks.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures the stacks against each other and prints the table of {@code docs/stacks.md}. Compared are the medians of the
 * rounds; the ratios are taken within a round first.
 */
public final class StackTable {
  private StackTable() {}

  /** The throughputs, in pairs of push and pop a microsecond, and the bytes allocated a pair, one of each a round. */
  private record Series(List<Double> throughputs, List<Double> bytes) {
    Series() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Measures, some two minutes a round; the number of rounds may be given. */
  public static void main(String[] args) throws RunnerException {
    int rounds = Rounds.asked(args);
    Map<String, Map<StackKind, Series>> table = new LinkedHashMap<>();
    for (Rounds.Figure figure :
        Rounds.run(rounds, PlatformThreadsBenchmark.class, ThousandTasksBenchmark.class)) {
      add(figure, table);
    }
    System.out.printf(
        "JDK %s, %d processors, %d rounds%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
    System.out.println(
        "| threads | stack | pairs/µs: median (least to most) | against the mutex | B/pair |");
    System.out.println("|---|---|---|---|---|");
    table.forEach(StackTable::printRows);
  }

  private static void add(Rounds.Figure figure, Map<String, Map<StackKind, Series>> table) {
    String threads = figure.parameter("threads");
    Series series = table
        .computeIfAbsent(threads == null ? "1,000 tasks" : threads, each -> new LinkedHashMap<>())
        .computeIfAbsent(StackKind.valueOf(figure.parameter("stack")), kind -> new Series());
    series.throughputs().add(figure.pairsPerMicrosecond());
    series.bytes().add(figure.bytesPerPair());
  }

  private static void printRows(String threads, Map<StackKind, Series> stacks) {
    Series mutex = Objects.requireNonNull(stacks.get(StackKind.MUTEX));
    stacks.forEach((kind, series) -> System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %.0f |%n",
        threads,
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        Spread.of(series.throughputs()).cell(1),
        Spread.of(ratios(series, mutex)).cell(1),
        Spread.of(series.bytes()).median()));
  }

  private static List<Double> ratios(Series series, Series yardstick) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < series.throughputs().size(); i++) {
      ratios.add(series.throughputs().get(i) / yardstick.throughputs().get(i));
    }
    return ratios;
  }
}
