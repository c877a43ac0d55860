package io.leakwatch.benchmarks.workload;

import com.acme.hybrid.HybridExecutor;
import com.acme.hybrid.StagedExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * A job and all its steps on a virtual thread of its own; before JDK 21 on a platform thread. A {@link HybridExecutor} that
 * is never given anything to compute.
 */
final class ThreadPerJob implements StagedExecutor {
  private final HybridExecutor jobs;

  ThreadPerJob(int ioLimit, int jobsUnderWay) {
    jobs = HybridExecutor.forThisMachine(ioLimit, jobsUnderWay);
  }

  @Override
  public <T> Future<T> submit(Callable<T> job) throws InterruptedException {
    return jobs.submit(job);
  }

  @Override
  public <T> T io(Callable<T> step) throws Exception {
    return jobs.io(step);
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
