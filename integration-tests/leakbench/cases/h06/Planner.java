package leakbench.h06;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** A fork/join pool of 4 that compensates for blocked workers: tasks join futures that take seconds to complete. */
public final class Planner {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h06", args);
    ForkJoinPool pool = new ForkJoinPool(4);
    h.driveInline(12, i -> {
      double at = Harness.elapsed() / Harness.seconds();
      long ms = at < 0.6 ? 4500 : 500;
      pool.execute(() -> plan(ms));
    });
    h.finish();
  }

  /** CompletableFuture.join in a pool worker is a managed block: the pool may add a spare worker meanwhile. */
  private static void plan(long ms) {
    new CompletableFuture<String>()
        .completeOnTimeout("tour", ms, TimeUnit.MILLISECONDS)
        .join();
  }
}
