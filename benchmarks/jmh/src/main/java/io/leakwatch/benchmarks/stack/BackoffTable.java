package io.leakwatch.benchmarks.stack;

import io.leakwatch.benchmarks.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Tries the settings of the elimination stack's back-off and prints the table of {@code docs/stacks.md}. */
public final class BackoffTable {
  private BackoffTable() {}

  /** Measures, some two minutes a round; the number of rounds may be given. */
  public static void main(String[] args) throws RunnerException {
    int rounds = Rounds.asked(args);
    Map<String, Map<String, List<Double>>> table = new LinkedHashMap<>();
    for (Rounds.Figure figure : Rounds.run(rounds, EliminationBackoffBenchmark.class)) {
      table
          .computeIfAbsent(
              figure.parameter("threads") + " | " + figure.parameter("slots"),
              row -> new LinkedHashMap<>())
          .computeIfAbsent(figure.parameter("spins"), column -> new ArrayList<>())
          .add(figure.pairsPerMicrosecond());
    }
    System.out.printf(
        "JDK %s, %d processors, %d rounds: pairs/µs, median (least to most)%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
    Map<String, List<Double>> first = table.values().iterator().next();
    System.out.println("| threads | slots | " + String.join(" | ", first.keySet()) + " |");
    System.out.println("|---|---" + "|---".repeat(first.size()) + "|");
    table.forEach((row, cells) -> System.out.println("| " + row + " | "
        + String.join(
            " | ", cells.values().stream().map(each -> Spread.of(each).cell(1)).toList())
        + " |"));
  }
}
