package com.acme.pool;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What must hold of a pool with a limit of one, whatever the order of the steps: no two tasks run at once, none runs after the
 * close, and every future is done then, with a result if its task came to its end, unless we have cancelled it.
 */
final class TaskPoolModel {
  private static final int LIMIT = 1;

  /** What is checked of a pool. */
  interface Pool {
    Future<Integer> submit(Callable<Integer> work) throws InterruptedException;

    void close() throws InterruptedException;
  }

  /** A task that tells how far it has come. */
  private final class Work implements Callable<Integer> {
    private volatile boolean ended;

    @Override
    public Integer call() {
      int now = running.incrementAndGet();
      tooMany |= now > LIMIT;
      ended = true;
      late |= closed;
      running.decrementAndGet();
      return 1;
    }
  }

  private final Pool pool;
  private final AtomicInteger running = new AtomicInteger();
  private final Work first = new Work();
  private final Work second = new Work();
  private volatile boolean tooMany;
  private volatile boolean closed;
  private volatile boolean late;
  private Future<Integer> accepted;

  TaskPoolModel(Pool pool) {
    this.pool = pool;
  }

  /** The real one. */
  static Pool taskPool() {
    TaskPool pool = new TaskPool(LIMIT, new PlainThreads());
    return new Pool() {
      @Override
      public Future<Integer> submit(Callable<Integer> work) throws InterruptedException {
        return pool.submit(work);
      }

      @Override
      public void close() {
        pool.close();
      }
    };
  }

  /** A task is cancelled, at any moment of its life, and another submitted. */
  void cancelThenSubmit() {
    try {
      Future<Integer> cancelled = pool.submit(first);
      cancelled.cancel(false);
      Future<Integer> next = pool.submit(second);
      pool.close();
      require(!tooMany, "two ran at once");
      assertEnded(cancelled);
      assertEnded(next);
      require(hasResult(next) == second.ended, "a result is lost, or comes of nothing");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The pool is closed by one thread while another submits. */
  void closeWhileSubmitting() {
    try {
      Thread submitter = new Thread(this::submit);
      submitter.start();
      pool.close();
      closed = true;
      submitter.join();
      Future<Integer> future = accepted;
      if (future != null) {
        boolean done = future.isDone();
        boolean result = hasResult(future);
        require(!late, "a task has outlived the pool");
        require(done, "a future is not done after the close");
        require(result == first.ended, "a result is lost, or comes of nothing");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void submit() {
    try {
      accepted = pool.submit(first);
    } catch (RejectedExecutionException e) {
      // The close came first.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void assertEnded(Future<Integer> future) {
    require(future.isDone(), "a future is not done after the close");
    require(running.get() == 0, "a task has outlived the pool");
  }

  private static boolean hasResult(Future<Integer> future) throws InterruptedException {
    try {
      return future.get() == 1;
    } catch (CancellationException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
