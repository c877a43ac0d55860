package com.acme.hybrid;

import com.acme.pool.Work;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Fetches, computes and stores one item after the other, many at the same time, each on its way by itself: there is no queue
 * between the stages, and an item that is slow holds up no other.
 *
 * <p>Back-pressure: {@link #accept} waits while the executor has as many jobs as it may have. What has ended is forgotten,
 * so that a run of any length needs the memory of those under way.
 *
 * <p>One thread accepts and finishes; the stages run on the executor's threads.
 *
 * <p><b>Happens-before</b> (JLS 17.4.5). Each stage of an item sees what the stages before it did, because the
 * executor's steps are ordered like the lines of its job. What all stages of all items did happens before {@link #finish}
 * returns, for it has got the results of all jobs from their futures.
 *
 * <p><b>Source.</b> A job for each item in place of a thread and a queue for each stage: the style that virtual threads are
 * for (JEP 444, "thread-per-request"); the stages and their limits are those of {@link HybridExecutor}.
 *
 * @param <K> what names an item
 * @param <R> what is fetched
 * @param <C> what is computed of it
 */
public final class Pipeline<K, R, C> {
  /** What is done with the computed ones. */
  @FunctionalInterface
  public interface Sink<C> {
    /** Stores one. */
    void store(C computed) throws Exception;
  }

  private final StagedExecutor executor;
  private final Work<K, R> fetch;
  private final Work<R, C> compute;
  private final Sink<C> sink;
  private final StageTimings timings = new StageTimings();
  private final Queue<Future<?>> underWay = new ArrayDeque<>();

  /** Makes a pipeline over an executor, which stays the caller's to close. */
  public Pipeline(StagedExecutor executor, Work<K, R> fetch, Work<R, C> compute, Sink<C> sink) {
    this.executor = executor;
    this.fetch = fetch;
    this.compute = compute;
    this.sink = sink;
  }

  /**
   * Puts an item on its way.
   *
   * @throws ExecutionException if an earlier item has failed, with its failure; this one has not begun then
   * @throws InterruptedException if interrupted while it waits
   */
  public void accept(K key) throws InterruptedException, ExecutionException {
    forgetWhatHasEnded();
    underWay.add(executor.submit(() -> process(key)));
  }

  /**
   * Waits until all items have been stored.
   *
   * @throws ExecutionException if one has failed, with its failure; the others are still under way then
   * @throws InterruptedException if interrupted
   * @throws java.util.concurrent.CancellationException if the executor was closed meanwhile
   */
  public void finish() throws InterruptedException, ExecutionException {
    while (!underWay.isEmpty()) {
      underWay.remove().get();
    }
  }

  /** How long the stages have taken so far. */
  public StageTimings timings() {
    return timings;
  }

  /** Looks at all of them: those that were accepted first need not be the first to end. */
  private void forgetWhatHasEnded() throws InterruptedException, ExecutionException {
    Iterator<Future<?>> each = underWay.iterator();
    while (each.hasNext()) {
      Future<?> job = each.next();
      if (job.isDone()) {
        each.remove();
        job.get();
      }
    }
  }

  private Void process(K key) throws Exception {
    R fetched = executor.io(timings.timed(Stage.FETCH, () -> fetch.apply(key)));
    C computed = executor.compute(timings.timed(Stage.COMPUTE, () -> compute.apply(fetched)));
    return executor.io(timings.timed(Stage.STORE, () -> {
      sink.store(computed);
      return null;
    }));
  }
}
