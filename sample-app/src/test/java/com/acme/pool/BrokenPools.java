package com.acme.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Pools with the mistakes that {@link TaskPool} avoids. The check must refute each, or it would prove nothing of that one. */
final class BrokenPools {
  private BrokenPools() {}

  /** Gives the permit back when the future is done; after a cancellation its task still runs. */
  static final class PermitBackTooEarly implements TaskPoolModel.Pool {
    private final Semaphore permits = new Semaphore(1);
    private final PlainThreads threads = new PlainThreads();

    @Override
    public Future<Integer> submit(Callable<Integer> work) throws InterruptedException {
      permits.acquire();
      FutureTask<Integer> task = new FutureTask<>(work) {
        @Override
        protected void done() {
          permits.release();
        }
      };
      threads.execute(task);
      return task;
    }

    @Override
    public void close() throws InterruptedException {
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.HOURS);
    }
  }

  /** Takes no more tasks once it is closed, but does not wait for those that run. */
  static final class DoesNotWait implements TaskPoolModel.Pool {
    private final PlainThreads threads = new PlainThreads();

    @Override
    public Future<Integer> submit(Callable<Integer> work) {
      return threads.submit(work);
    }

    @Override
    public void close() {
      threads.shutdown();
    }
  }

  /** Cancels the futures when it is closed: a result that is made while it does so is lost. */
  static final class LosesResults implements TaskPoolModel.Pool {
    private final PlainThreads threads = new PlainThreads();
    private final List<Future<Integer>> futures = new ArrayList<>();

    @Override
    public synchronized Future<Integer> submit(Callable<Integer> work) {
      Future<Integer> future = threads.submit(work);
      futures.add(future);
      return future;
    }

    @Override
    public void close() throws InterruptedException {
      threads.shutdown();
      synchronized (this) {
        futures.forEach(future -> future.cancel(true));
      }
      threads.awaitTermination(1, TimeUnit.HOURS);
    }
  }
}
