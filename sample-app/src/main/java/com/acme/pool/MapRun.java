package com.acme.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call of {@link TaskPool#map}. Used by the calling thread only, but for {@link #ended}.
 *
 * <p>Each task that ends releases one permit, and names itself first if it has no result: who has acquired that permit
 * therefore sees it (a semaphore's happens-before), and all tasks have ended when as many permits as tasks were acquired.
 */
final class MapRun<R> {
  private final TaskPool pool;
  private final List<PoolTask<R>> tasks = new ArrayList<>();
  private final Semaphore endings = new Semaphore(0);
  private final AtomicReference<PoolTask<R>> firstWithoutResult = new AtomicReference<>();
  private int endingsSeen;

  MapRun(TaskPool pool) {
    this.pool = pool;
  }

  <T> List<R> run(Collection<? extends T> items, Work<? super T, ? extends R> work)
      throws InterruptedException, ExecutionException {
    try {
      for (T item : items) {
        tasks.add(pool.start(() -> work.apply(item), this::ended));
        throwFailure();
      }
      awaitAll();
      List<R> results = new ArrayList<>(tasks.size());
      for (PoolTask<R> task : tasks) {
        results.add(task.get());
      }
      return results;
    } finally {
      tasks.forEach(task -> task.cancel(true));
      endings.acquireUninterruptibly(tasks.size() - endingsSeen);
    }
  }

  private void ended(PoolTask<R> task) {
    if (task.isWithoutResult()) {
      firstWithoutResult.compareAndSet(null, task);
    }
    endings.release();
  }

  private void awaitAll() throws InterruptedException, ExecutionException {
    while (endingsSeen < tasks.size()) {
      endings.acquire();
      endingsSeen++;
      throwFailure();
    }
  }

  private void throwFailure() throws InterruptedException, ExecutionException {
    PoolTask<R> failed = firstWithoutResult.get();
    if (failed != null) {
      failed.get();
    }
  }
}
