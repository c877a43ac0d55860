package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.Plot.Series;
import io.leakwatch.benchmarks.cost.Turns.Figure;
import io.leakwatch.benchmarks.cost.program.TaskWorkload;
import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Whether an event costs more when there are many live threads, or many places that make them: the ratio to an empty agent
 * that has as many. A step starts where the last one was: threads are added to those that wait already.
 */
final class ScaleCurves implements Measurement {
  private static final List<TaskWorkload> EVENTS =
      List.of(TaskWorkload.VIRTUAL_EXECUTOR, TaskWorkload.POOL_1);
  private static final List<Contestant> PAIR = List.of(Contestant.EMPTY, Contestant.LEAKWATCH);
  private static final int HEAP_MEGABYTES = 3_072;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path plots;

  /** Whose charts go into that folder. */
  ScaleCurves(Path plots) {
    this.plots = plots;
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public boolean isFor(Jdk jdk) {
    return jdk.hasVirtualThreads();
  }

  @Override
  public String measure(Bench bench) throws IOException {
    return curve(
            bench,
            "live threads",
            "scale-threads.svg",
            "live virtual ",
            bench.options().either(7, 2))
        + "\n"
        + curve(
            bench,
            "creation sites",
            "scale-sites.svg",
            "classes ",
            bench.options().either(5, 2));
  }

  private String curve(Bench bench, String axis, String file, String command, int steps)
      throws IOException {
    Turns turns = new Turns(bench.options());
    int heap = bench.options().either(HEAP_MEGABYTES, 256);
    Map<TaskWorkload, List<List<Map<Contestant, Figure>>>> all = new EnumMap<>(TaskWorkload.class);
    for (TaskWorkload event : EVENTS) {
      List<List<Map<Contestant, Figure>>> ofSteps = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        ofSteps.add(new ArrayList<>());
      }
      all.put(event, ofSteps);
    }
    for (int round = 0; round < Math.min(3, bench.rounds(3)); round++) {
      try (Forks forks = new Forks(
          PAIR,
          contestant ->
              bench.start(contestant, bench.contestants().arguments(contestant), true, heap))) {
        for (int step = 0; step < steps; step++) {
          String say = command + Math.round(Math.pow(10, step));
          forks.each((contestant, jvm) -> jvm.ask(say, LIMIT));
          for (TaskWorkload event : EVENTS) {
            Objects.requireNonNull(all.get(event)).get(step).add(turns.compare(event, forks));
          }
        }
      }
    }
    List<Series> series = all.entrySet().stream()
        .map(event -> new Series(
            event.getKey().title().replace("`", ""),
            event.getValue().stream().map(ScaleCurves::ratio).toList()))
        .toList();
    Files.writeString(
        plots.resolve(file),
        new Plot("Leakwatch ÷ an empty agent, CPU time an event", axis, series).svg());
    return "![cost per event over the number of %s](%s)\n\n".formatted(axis, file)
        + table(axis, steps, all);
  }

  private static String table(
      String axis, int steps, Map<TaskWorkload, List<List<Map<Contestant, Figure>>>> all) {
    List<String> heads = new ArrayList<>(List.of(axis));
    for (TaskWorkload event : all.keySet()) {
      heads.add(event.title() + ": empty, ns");
      heads.add("Leakwatch, ns");
      heads.add("ratio");
    }
    Table table = new Table(heads);
    for (int step = 0; step < steps; step++) {
      List<String> cells = new ArrayList<>(
          List.of(String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, step)))));
      for (var event : all.values()) {
        cells.add("%.0f".formatted(nanos(event.get(step), Contestant.EMPTY)));
        cells.add("%.0f".formatted(nanos(event.get(step), Contestant.LEAKWATCH)));
        cells.add(ratio(event.get(step)).cell(3));
      }
      table.add(cells);
    }
    return table.toString();
  }

  private static Spread ratio(List<Map<Contestant, Figure>> rounds) {
    return Spread.of(rounds.stream()
        .map(round -> Objects.requireNonNull(round.get(Contestant.LEAKWATCH)).ratio())
        .toList());
  }

  private static double nanos(List<Map<Contestant, Figure>> rounds, Contestant contestant) {
    return Spread.of(rounds.stream()
            .map(round -> Objects.requireNonNull(round.get(contestant)).nanos())
            .toList())
        .median();
  }
}
