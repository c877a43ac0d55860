package io.leakwatch.benchmarks.workload;

import com.acme.hybrid.HybridExecutor;
import com.acme.hybrid.StagedExecutor;
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
  private static final int IO_LIMIT = 32;
  private static final int UNDER_WAY = 64;
  private static final int MOST_WARM_UP_ITEMS = 1_000;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** The executors, each made anew for each run. */
  private enum Kind {
    HYBRID("hybrid") {
      @Override
      StagedExecutor executor() {
        return HybridExecutor.forThisMachine(IO_LIMIT, UNDER_WAY);
      }
    },
    THREAD_PER_JOB("a virtual thread (17: a platform thread) for each item") {
      @Override
      StagedExecutor executor() {
        return new ThreadPerJob(IO_LIMIT, UNDER_WAY);
      }
    },
    WIDE_POOL("one fixed pool of " + IO_LIMIT + " threads") {
      @Override
      StagedExecutor executor() {
        return new OneFixedPool(IO_LIMIT, UNDER_WAY);
      }
    },
    NARROW_POOL("one fixed pool, a thread for each processor") {
      @Override
      StagedExecutor executor() {
        return new OneFixedPool(PROCESSORS, UNDER_WAY);
      }
    };

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    abstract StagedExecutor executor();
  }

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
    for (Kind kind : Kind.values()) {
      double unused = itemsPerSecond(kind, Math.min(MOST_WARM_UP_ITEMS, Collections.max(sizes)));
    }
    System.out.printf(
        "JDK %s, %d processors, %d rounds: items/s, median (least to most)%n%n",
        Runtime.version(), PROCESSORS, rounds);
    for (int items : sizes) {
      print(items, measure(rounds, items));
    }
  }

  private static Map<Kind, List<Double>> measure(int rounds, int items) throws Exception {
    Kind[] kinds = Kind.values();
    Map<Kind, List<Double>> figures = new EnumMap<>(Kind.class);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < kinds.length; i++) {
        Kind kind = kinds[(round + i) % kinds.length];
        figures.computeIfAbsent(kind, unused -> new ArrayList<>()).add(itemsPerSecond(kind, items));
      }
    }
    return figures;
  }

  private static double itemsPerSecond(Kind kind, int items) throws Exception {
    try (SpectrumArchive archive = new SpectrumArchive(kind.executor(), IO_LIMIT)) {
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

  private static void print(int items, Map<Kind, List<Double>> figures) {
    System.out.printf("| %d items | items/s |%n|---|---|%n", items);
    figures.forEach((kind, each) ->
        System.out.printf("| %s | %s |%n", kind.title, Spread.of(each).cell(0)));
    System.out.println();
  }
}
