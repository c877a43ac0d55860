package io.leakwatch.benchmarks.workload;

import com.acme.hybrid.StagedExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A job and all its steps on one thread of a fixed pool. */
final class OneFixedPool implements StagedExecutor {
  private final ExecutorService pool;
  private final Semaphore underWay;

  OneFixedPool(int threads, int jobsUnderWay) {
    pool = Executors.newFixedThreadPool(threads);
    underWay = new Semaphore(jobsUnderWay);
  }

  @Override
  public <T> Future<T> submit(Callable<T> job) throws InterruptedException {
    underWay.acquire();
    return pool.submit(() -> {
      try {
        return job.call();
      } finally {
        underWay.release();
      }
    });
  }

  @Override
  public <T> T io(Callable<T> step) throws Exception {
    return step.call();
  }

  @Override
  public <T> T compute(Callable<T> step) throws Exception {
    return step.call();
  }

  @Override
  public void close() {
    pool.shutdownNow();
    try {
      boolean ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      if (!ended) {
        throw new IllegalStateException("the pool does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
