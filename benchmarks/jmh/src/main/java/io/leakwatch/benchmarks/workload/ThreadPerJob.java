package io.leakwatch.benchmarks.workload;

import com.acme.hybrid.StagedExecutor;
import com.acme.pool.TaskPool;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** A job and all its steps on a virtual thread of its own; before JDK 21 on a platform thread. */
final class ThreadPerJob implements StagedExecutor {
  private final TaskPool jobs;
  private final Semaphore ioPermits;

  ThreadPerJob(int ioLimit, int jobsUnderWay) {
    jobs = new TaskPool(jobsUnderWay);
    ioPermits = new Semaphore(ioLimit);
  }

  @Override
  public <T> Future<T> submit(Callable<T> job) throws InterruptedException {
    return jobs.submit(job);
  }

  @Override
  public <T> T io(Callable<T> step) throws Exception {
    ioPermits.acquire();
    try {
      return step.call();
    } finally {
      ioPermits.release();
    }
  }

  @Override
  public <T> T compute(Callable<T> step) throws Exception {
    return step.call();
  }

  @Override
  public void close() {
    jobs.close();
  }
}
