package com.acme.pool;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A task of a {@link TaskPool}: gives its permit back when it has ended, not when it is cancelled, which may be earlier.
 *
 * <p>{@code threw} is written by the task's thread before it calls {@code whenEnded}, and read there.
 */
final class PoolTask<T> extends FutureTask<T> {
  private final TaskPool pool;
  private final Consumer<PoolTask<T>> whenEnded;
  private boolean threw;

  PoolTask(TaskPool pool, Callable<T> work, Consumer<PoolTask<T>> whenEnded) {
    super(work);
    this.pool = pool;
    this.whenEnded = whenEnded;
  }

  @Override
  public void run() {
    Thread worker = Thread.currentThread();
    pool.begun(worker);
    try {
      if (pool.isClosed()) {
        cancel(false);
      }
      super.run();
    } finally {
      // Before the permit is free, so that whoever gets it knows of the end.
      whenEnded.accept(this);
      pool.ended(worker);
    }
  }

  /** Whether it has no result, once it has ended. */
  boolean isWithoutResult() {
    return threw || isCancelled();
  }

  /** A task that gives in to the close was cancelled; it has not failed. */
  @Override
  protected void setException(Throwable failure) {
    if (failure instanceof InterruptedException && pool.isClosed()) {
      cancel(false);
    } else {
      threw = true;
      super.setException(failure);
    }
  }
}
