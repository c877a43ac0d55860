package io.leakwatch.benchmarks.workload;

import com.acme.spectrum.SpectrumArchive;
import io.leakwatch.benchmarks.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Items a second of the same pipeline on four executors, which take turns: {@code java -cp jmh.jar
 * io.leakwatch.benchmarks.workload.PipelineThroughput [ROUNDS [ITEMS...]]}.
 */
public final class PipelineThroughput {
  private static final int MOST_WARM_UP_ITEMS = 1_000;

  private PipelineThroughput() {}

  /** Prints a table. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    List<Integer> sizes = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      sizes.add(Integer.parseInt(args[i]));
    }
    if (sizes.isEmpty()) {
      sizes.addAll(List.of(100, 10_000));
    }
    for (ExecutorKind kind : ExecutorKind.values()) {
      double unused = itemsPerSecond(kind, Math.min(MOST_WARM_UP_ITEMS, Collections.max(sizes)));
    }
    System.out.printf(
        "JDK %s, %d processors, %d rounds: items/s, median (least to most)%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
    for (int items : sizes) {
      print(items, measure(rounds, items));
    }
  }

  private static Map<ExecutorKind, List<Double>> measure(int rounds, int items) throws Exception {
    ExecutorKind[] kinds = ExecutorKind.values();
    Map<ExecutorKind, List<Double>> figures = new EnumMap<>(ExecutorKind.class);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < kinds.length; i++) {
        ExecutorKind kind = kinds[(round + i) % kinds.length];
        figures.computeIfAbsent(kind, unused -> new ArrayList<>()).add(itemsPerSecond(kind, items));
      }
    }
    return figures;
  }

  private static double itemsPerSecond(ExecutorKind kind, int items) throws Exception {
    try (SpectrumArchive archive = new SpectrumArchive(kind.executor(), ExecutorKind.IO_LIMIT)) {
      long start = System.nanoTime();
      for (int i = 0; i < items; i++) {
        archive.archiveNext();
      }
      String summary = archive.finish();
      double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
      if (!summary.startsWith(items + " spectra")) {
        throw new IllegalStateException(kind + ": " + summary + " of " + items);
      }
      System.err.printf("%s, %d items: %.1f s, %s%n", kind, items, seconds, archive.timings());
      return items / seconds;
    }
  }

  private static void print(int items, Map<ExecutorKind, List<Double>> figures) {
    System.out.printf("| %d items | items/s |%n|---|---|%n", items);
    figures.forEach((kind, each) ->
        System.out.printf("| %s | %s |%n", kind.title(), Spread.of(each).cell(0)));
    System.out.println();
  }
}
