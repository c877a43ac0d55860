package io.leakwatch.benchmarks.workload;

import com.acme.hybrid.HybridExecutor;
import com.acme.hybrid.StagedExecutor;

/** The executors that are compared, each made anew for each run. */
enum ExecutorKind {
  HYBRID("hybrid") {
    @Override
    StagedExecutor executor() {
      return HybridExecutor.forThisMachine(IO_LIMIT, UNDER_WAY);
    }
  },
  THREAD_PER_JOB("a virtual thread (17: a platform thread) for each item") {
    @Override
    StagedExecutor executor() {
      return new ThreadPerJob(IO_LIMIT, UNDER_WAY);
    }
  },
  WIDE_POOL("one fixed pool of 32 threads") {
    @Override
    StagedExecutor executor() {
      return new OneFixedPool(IO_LIMIT, UNDER_WAY);
    }
  },
  NARROW_POOL("one fixed pool, a thread for each processor") {
    @Override
    StagedExecutor executor() {
      return new OneFixedPool(Runtime.getRuntime().availableProcessors(), UNDER_WAY);
    }
  };

  /** How many steps may wait at the same time. */
  static final int IO_LIMIT = 32;

  private static final int UNDER_WAY = 64;

  private final String title;

  ExecutorKind(String title) {
    this.title = title;
  }

  /** What it is called in tables. */
  String title() {
    return title;
  }

  abstract StagedExecutor executor();
}
