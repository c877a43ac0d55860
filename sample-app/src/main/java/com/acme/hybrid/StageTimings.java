package com.acme.hybrid;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How long the items of a pipeline have waited for each stage, and how long that has worked on them.
 *
 * <p>Safe for use by many threads: sums by {@link LongAdder} (Steele, Lea, Flood), so that they do not meet at one counter.
 * While items are under way, a sum may be ahead of another.
 */
public final class StageTimings {
  private static final double NANOS_PER_MILLI = 1e6;

  private record Sums(LongAdder items, LongAdder waitedNanos, LongAdder workedNanos) {}

  private final Map<Stage, Sums> sums = new EnumMap<>(Stage.class);

  StageTimings() {
    for (Stage stage : Stage.values()) {
      sums.put(stage, new Sums(new LongAdder(), new LongAdder(), new LongAdder()));
    }
  }

  /** How many items a stage has worked on, failed ones included. */
  public long items(Stage stage) {
    return of(stage).items().sum();
  }

  /** The mean time that an item has waited for its turn, in milliseconds; 0 if there was none. */
  public double waitedMillis(Stage stage) {
    return mean(of(stage).waitedNanos(), items(stage));
  }

  /** The mean time that the stage has worked on an item, in milliseconds; 0 if there was none. */
  public double workedMillis(Stage stage) {
    return mean(of(stage).workedNanos(), items(stage));
  }

  /** The times of all stages, in one line. */
  @Override
  public String toString() {
    return sums.keySet().stream()
        .map(stage -> "%s %.2f ms after %.2f ms of waiting"
            .formatted(
                stage.name().toLowerCase(Locale.ROOT), workedMillis(stage), waitedMillis(stage)))
        .collect(Collectors.joining(", "));
  }

  /** The step, measured: it has waited from now until it begins. */
  <T> Callable<T> timed(Stage stage, Callable<T> step) {
    Sums of = of(stage);
    long asked = System.nanoTime();
    return () -> {
      long begin = System.nanoTime();
      try {
        return step.call();
      } finally {
        of.waitedNanos().add(begin - asked);
        of.workedNanos().add(System.nanoTime() - begin);
        of.items().increment();
      }
    };
  }

  private Sums of(Stage stage) {
    return sums.get(stage);
  }

  private static double mean(LongAdder nanos, long items) {
    return items == 0 ? 0 : nanos.sum() / NANOS_PER_MILLI / items;
  }
}
