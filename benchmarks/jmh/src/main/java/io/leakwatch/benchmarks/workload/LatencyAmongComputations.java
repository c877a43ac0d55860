package io.leakwatch.benchmarks.workload;

import com.acme.hybrid.StagedExecutor;
import io.leakwatch.benchmarks.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long a job takes that only waits for 10 ms, while others of the same executor compute: {@code java -cp jmh.jar
 * io.leakwatch.benchmarks.workload.LatencyAmongComputations [JOBS]}.
 */
public final class LatencyAmongComputations {
  private static final int COMPUTING = 16;
  private static final long COMPUTING_MILLIS = 50;
  private static final long WAITING_MILLIS = 10;
  private static final int WARM_UP_JOBS = 5;

  private LatencyAmongComputations() {}

  /** Prints a table. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    System.out.printf(
        "JDK %s, %d processors, %d jobs that wait %d ms, among %d that compute %d ms each%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        jobs,
        WAITING_MILLIS,
        COMPUTING,
        COMPUTING_MILLIS);
    long rounds = calibrate();
    System.out.printf("| executor | ms from begin to end: median (least to most) |%n|---|---|%n");
    for (ExecutorKind kind : ExecutorKind.values()) {
      try (StagedExecutor executor = kind.executor()) {
        System.out.printf(
            "| %s | %s |%n",
            kind.title(), Spread.of(latencies(executor, jobs, rounds)).cell(0));
      }
    }
  }

  private static List<Double> latencies(StagedExecutor executor, int jobs, long rounds)
      throws InterruptedException, ExecutionException {
    List<Future<?>> computing = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    for (int job = 0; job < WARM_UP_JOBS + jobs; job++) {
      computing.removeIf(Future::isDone);
      while (computing.size() < COMPUTING) {
        computing.add(executor.submit(() -> executor.compute(() -> compute(rounds))));
      }
      long start = System.nanoTime();
      executor.submit(() -> executor.io(LatencyAmongComputations::await)).get();
      if (job >= WARM_UP_JOBS) {
        millis.add((System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
    return millis;
  }

  /** How often to go round for a computation that takes as long as it should on a processor of its own. */
  private static long calibrate() {
    long rounds = 1_000;
    long nanos = 0;
    while (nanos < TimeUnit.MILLISECONDS.toNanos(COMPUTING_MILLIS)) {
      rounds *= 2;
      long start = System.nanoTime();
      double unused = compute(rounds);
      nanos = System.nanoTime() - start;
    }
    return rounds * TimeUnit.MILLISECONDS.toNanos(COMPUTING_MILLIS) / nanos;
  }

  private static double compute(long rounds) {
    double sum = 0;
    for (double i = 0; i < rounds; i++) {
      sum += Math.sqrt(i);
    }
    return sum;
  }

  private static Void await() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(WAITING_MILLIS);
    return null;
  }
}
