package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.Turns.Figure;
import io.leakwatch.benchmarks.cost.program.TaskWorkload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What an empty task or an empty thread costs with each contestant.
 *
 * <p>Each round starts new JVMs, because how code is compiled differs from JVM to JVM, and takes one ratio of each workload
 * from them. The table gives the median of the rounds and their lowest and highest. Where threads hand over to each other the
 * JVMs are pinned to one CPU, but not where several threads contend.
 */
final class TaskCosts implements Measurement {
  private static final int CHEAPER_THAN_JFR = 10;

  /** A contestant's figures of a workload, one a round. */
  private static final class Results {
    private final Map<TaskWorkload, Map<Contestant, List<Figure>>> all =
        new EnumMap<>(TaskWorkload.class);

    void add(TaskWorkload workload, Map<Contestant, Figure> figures) {
      Map<Contestant, List<Figure>> own =
          all.computeIfAbsent(workload, w -> new EnumMap<>(Contestant.class));
      figures.forEach((contestant, figure) ->
          own.computeIfAbsent(contestant, c -> new ArrayList<>()).add(figure));
    }

    List<Figure> of(TaskWorkload workload, Contestant contestant) {
      return all.getOrDefault(workload, Map.of()).getOrDefault(contestant, List.of());
    }

    Spread spread(TaskWorkload workload, Contestant contestant, ToDoubleFunction<Figure> figure) {
      List<Figure> figures = of(workload, contestant);
      return figures.isEmpty()
          ? new Spread(Double.NaN, Double.NaN, Double.NaN)
          : Spread.of(figures.stream().map(f -> figure.applyAsDouble(f)).toList());
    }

    double median(TaskWorkload workload, Contestant contestant, ToDoubleFunction<Figure> figure) {
      return spread(workload, contestant, figure).median();
    }
  }

  @Override
  public String name() {
    return "tasks";
  }

  @Override
  public String measure(Bench bench) throws IOException {
    Turns turns = new Turns(bench.options());
    List<TaskWorkload> wanted = Arrays.stream(TaskWorkload.values())
        .filter(workload -> !workload.isVirtual() || bench.jdk().hasVirtualThreads())
        .filter(workload -> bench.options().names("--rows", workload.name()))
        .toList();
    Results results = new Results();
    for (boolean contended : List.of(false, true)) {
      List<TaskWorkload> some = wanted.stream()
          .filter(workload -> workload.isContended() == contended)
          .toList();
      for (int round = 0; !some.isEmpty() && round < bench.rounds(5); round++) {
        try (Forks forks = new Forks(
            bench.contestants().present(), contestant -> bench.start(contestant, !contended))) {
          // All first: how one is compiled depends on what else was run.
          forks.each((contestant, jvm) -> some.forEach(workload -> turns.warmUp(workload, jvm)));
          for (TaskWorkload workload : some) {
            results.add(workload, turns.compare(workload, forks));
          }
        }
      }
    }
    return text(bench, wanted, results);
  }

  private static String text(Bench bench, List<TaskWorkload> workloads, Results results) {
    List<Contestant> others =
        bench.contestants().present().stream().filter(Contestant::isAlternative).toList();
    List<String> heads = new ArrayList<>(List.of(
        "what",
        "none, ns",
        "empty, ns",
        "Leakwatch, ns",
        Contestant.LEAKWATCH.ratioTitle(),
        "goal",
        "more bytes"));
    others.forEach(other -> heads.add(other.ratioTitle()));
    others.forEach(other -> heads.add("cheaper than " + other.title()));
    Table table = new Table(heads);
    for (TaskWorkload workload : workloads) {
      table.add(row(workload, others, results));
    }
    return table + thanJfr(results);
  }

  private static List<String> row(TaskWorkload workload, List<Contestant> others, Results results) {
    Spread ratio = results.spread(workload, Contestant.LEAKWATCH, Figure::ratio);
    double bytes = results.median(workload, Contestant.LEAKWATCH, Figure::bytes)
        - results.median(workload, Contestant.EMPTY, Figure::bytes);
    List<String> cells = new ArrayList<>(List.of(
        workload.title() + (workload.isContended() ? ", not pinned" : ""),
        number(0, results.median(workload, Contestant.NONE, Figure::nanos)),
        number(0, results.median(workload, Contestant.EMPTY, Figure::nanos)),
        number(0, results.median(workload, Contestant.LEAKWATCH, Figure::nanos)),
        ratio.cell(3),
        Goal.atMost(workload.goal(), "").cell(ratio.median()),
        number(1, bytes)));
    for (Contestant other : others) {
      cells.add(
          results.of(workload, other).isEmpty()
              ? "died"
              : results.spread(workload, other, Figure::ratio).cell(3));
    }
    for (Contestant other : others) {
      double nanos = results.median(workload, other, Figure::nanos);
      double own = results.median(workload, Contestant.LEAKWATCH, Figure::nanos);
      cells.add(Double.isNaN(nanos) ? "" : own < nanos ? "✓" : "**no**");
    }
    return cells;
  }

  /**
   * What JFR adds over none, by what Leakwatch adds over an empty agent: to a thread that is waited for, and to one that is not,
   * where the hand-over between two threads does not cover it.
   */
  private static String thanJfr(Results results) {
    return thanJfr(TaskWorkload.VIRTUAL_THREAD, results)
        + thanJfr(TaskWorkload.VIRTUAL_EXECUTOR, results);
  }

  private static String thanJfr(TaskWorkload row, Results results) {
    if (results.of(row, Contestant.JFR).isEmpty()) {
      return "";
    }
    double jfr = added(row, Contestant.JFR, Contestant.NONE, results);
    double leakwatch = added(row, Contestant.LEAKWATCH, Contestant.EMPTY, results);
    // What costs nothing that could be measured is cheaper by any factor.
    double factor = leakwatch > 0 ? jfr / leakwatch : Double.POSITIVE_INFINITY;
    return String.format(
        Locale.ROOT,
        "%n%s: JFR adds %.0f ns (to no agent), Leakwatch %.0f ns (to an empty agent): %s.%n",
        row.title(),
        jfr,
        leakwatch,
        jfr <= 0
            ? "JFR's cost was lost in the noise, which says nothing"
            : (Double.isInfinite(factor)
                    ? "Leakwatch's cost was lost in the noise; "
                    : String.format(Locale.ROOT, "%.1f times cheaper; ", factor))
                + Goal.atLeast(CHEAPER_THAN_JFR, " times").cell(factor));
  }

  /** By the ratios, which are taken turn by turn. */
  private static double added(
      TaskWorkload row, Contestant contestant, Contestant base, Results results) {
    return (results.spread(row, contestant, Figure::ratio).median() - 1)
        * results.median(row, base, Figure::nanos);
  }

  private static String number(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
