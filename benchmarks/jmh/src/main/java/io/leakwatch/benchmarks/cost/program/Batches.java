package io.leakwatch.benchmarks.cost.program;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Hands tasks to an executor, some at a time. */
final class Batches {
  /** As many tasks are in the queue at most. */
  private static final int BATCH = 1_000;

  /** So many threads hand tasks in when they contend. */
  private static final int THREADS = 4;

  private static final ExecutorService SUBMITTERS = Executors.newFixedThreadPool(THREADS);

  private Batches() {}

  /**
   * In batches, which are run when they are complete: when a worker that waits is woken, and who then runs first, is the
   * operating system's whim, and would be most of what is measured.
   */
  static void executeAll(Executor executor, int threads, int tasks) {
    Semaphore gate = new Semaphore(0);
    Semaphore done = new Semaphore(0);
    Runnable wait = gate::acquireUninterruptibly;
    Runnable last = done::release;
    for (int left = tasks; left > 0; left -= BATCH) {
      for (int i = 0; i < threads; i++) {
        executor.execute(wait);
      }
      for (int i = threads + 1; i < Math.min(left, BATCH); i++) {
        executor.execute(TaskWorkload.task(left - i));
      }
      executor.execute(last);
      gate.release(threads);
      done.acquireUninterruptibly();
    }
  }

  /** The tasks are not held back: they are run while others are handed in. */
  static void fromFourThreads(Executor executor, int tasks)
      throws InterruptedException, ExecutionException {
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      ends.add(SUBMITTERS.submit(() -> executeAll(executor, 0, tasks / THREADS)));
    }
    for (Future<?> end : ends) {
      end.get();
    }
  }
}
