package com.acme.pool;

import com.acme.VirtualThreads;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs tasks at the same time, but no more than a limit, each on a virtual thread of its own (before JDK 21 on platform
 * threads), and none longer than the pool lives:
 *
 * <pre>{@code
 * try (TaskPool pool = new TaskPool(32)) {
 *   List<Price> prices = pool.map(products, exchange::priceOf);
 * }
 * }</pre>
 *
 * <p><b>Protocol.</b> A task holds one permit of a semaphore from before its thread starts until after its last
 * instruction. Whoever submits takes the permit, and waits for it when there is none: that is the back-pressure. Closing
 * hands out all the permits that an {@code int} can count, so that whoever waits for one wakes up and is rejected by the
 * executor, which was shut down first. No task is ever both accepted and forgotten: the executor runs what it has accepted,
 * and a task that begins only after the close cancels itself.
 *
 * <p><b>Happens-before</b> (JLS 17.4.5). What a thread does before {@link #submit} is seen by the task (an executor's
 * guarantee); what the task does is seen by whoever gets its result (a future's) and by whoever has returned from {@link
 * #close} (its threads have terminated). What a task does is seen by every task that gets its permit later: a release of a
 * semaphore happens before the acquisition that follows it. {@code closed} is volatile and written before the threads are
 * interrupted, so a task that is interrupted by the close sees it set.
 *
 * <p><b>Sources.</b> The semaphore: E. W. Dijkstra, Cooperating Sequential Processes, 1965. No task outlives its scope: M.
 * Sústrik, Structured Concurrency, 2016; N. J. Smith, Notes on structured concurrency, 2018; the JDK's own form is JEP 505.
 *
 * <p>May be used by any number of threads, but not by its own tasks: one that waited for a second permit while it holds the
 * first could wait for ever. It gets an exception instead; a pool of its own is the way.
 */
public final class TaskPool implements AutoCloseable {
  private final int limit;
  private final Semaphore permits;
  private final ExecutorService threads;
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean accepting = new AtomicBoolean(true);
  private volatile boolean closed;

  /**
   * Makes a pool; threads start with the tasks.
   *
   * @param limit how many tasks may run at the same time
   */
  public TaskPool(int limit) {
    this(limit, VirtualThreads.newExecutor().orElseGet(Executors::newCachedThreadPool));
  }

  /** On an executor of its own that starts each task at once. */
  TaskPool(int limit, ExecutorService threads) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not 1 or more");
    }
    this.limit = limit;
    this.threads = threads;
    permits = new Semaphore(limit);
  }

  /**
   * Starts a task, as soon as fewer than the limit are running.
   *
   * <p>{@code Future.cancel(true)} interrupts it. Its permit is free again when it has really ended.
   *
   * @throws InterruptedException if interrupted while waiting for a permit; the task has not begun then
   * @throws RejectedExecutionException if the pool is closed, also if that happens during the wait
   * @throws IllegalStateException if called by one of the pool's own tasks
   */
  public <T> Future<T> submit(Callable<T> work) throws InterruptedException {
    return start(work, task -> {});
  }

  /**
   * Does the same to each item, and returns the results in the order of the items.
   *
   * <p>When one fails or is cancelled, or when the caller is interrupted, the others are interrupted. In any case it returns
   * or throws only when all that it has started has ended.
   *
   * @return as many results as there are items; null where the work returned null
   * @throws ExecutionException with the first failure
   * @throws java.util.concurrent.CancellationException if the pool is closed meanwhile
   * @throws InterruptedException if interrupted
   * @throws RejectedExecutionException if the pool is closed and not all items have been begun
   * @throws IllegalStateException if called by one of the pool's own tasks
   */
  public <T, R> List<R> map(Collection<? extends T> items, Work<? super T, ? extends R> work)
      throws InterruptedException, ExecutionException {
    return new MapRun<R>(this).run(items, work);
  }

  /**
   * Takes no more tasks and gives those that run some time to end by themselves; then closes.
   *
   * @return whether all have ended by themselves
   * @throws InterruptedException if interrupted during that time; the pool is closed then too
   */
  public boolean shutdown(Duration patience) throws InterruptedException {
    refuseOwnTasks();
    stopAccepting();
    try {
      return threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      close();
    }
  }

  /**
   * Interrupts the tasks that run and waits for their end, however long that takes and even if interrupted.
   *
   * <p>Afterwards every future is done. A task that returned a value has that as its result, even if it did so after the
   * interrupt; one that ended by {@link InterruptedException} is cancelled; whatever else was thrown is its failure.
   * Closing again does no harm.
   *
   * @throws IllegalStateException if called by one of the pool's own tasks
   */
  @Override
  public void close() {
    refuseOwnTasks();
    closed = true;
    stopAccepting();
    threads.shutdownNow();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts a task as {@link #submit} does.
   *
   * @param whenEnded called by the task's thread when the task has ended in any way
   */
  <T> PoolTask<T> start(Callable<T> work, Consumer<PoolTask<T>> whenEnded)
      throws InterruptedException {
    refuseOwnTasks();
    PoolTask<T> task = new PoolTask<>(this, work, whenEnded);
    permits.acquire();
    boolean started = false;
    try {
      threads.execute(task);
      started = true;
    } catch (RejectedExecutionException e) {
      throw new RejectedExecutionException("the pool is closed", e);
    } finally {
      if (!started) {
        permits.release();
      }
    }
    return task;
  }

  boolean isClosed() {
    return closed;
  }

  void begun(Thread worker) {
    workers.add(worker);
  }

  void ended(Thread worker) {
    workers.remove(worker);
    permits.release();
  }

  private void stopAccepting() {
    if (accepting.getAndSet(false)) {
      threads.shutdown();
      permits.release(Integer.MAX_VALUE - limit);
    }
  }

  private void refuseOwnTasks() {
    if (workers.contains(Thread.currentThread())) {
      throw new IllegalStateException(
          "a task must not submit to its own pool, nor close it: it would wait for itself");
    }
  }
}
