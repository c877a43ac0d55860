package io.leakwatch.benchmarks.cost.program;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task that is always due again, until it has run so many times. */
final class Ticks {
  private final Semaphore over = new Semaphore(0);
  private final Semaphore scheduled = new Semaphore(0);
  private int left;
  private volatile @Nullable Future<?> schedule;

  Ticks(int count) {
    left = count;
  }

  void runOn(ScheduledExecutorService pool) throws InterruptedException {
    // Held back until it can be cancelled.
    schedule = pool.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.NANOSECONDS);
    scheduled.release();
    over.acquire();
  }

  private void tick() {
    if (left == 0) {
      return;
    }
    if (schedule == null) {
      scheduled.acquireUninterruptibly();
    }
    if (--left == 0) {
      Future<?> own = schedule;
      if (own != null) {
        own.cancel(false);
      }
      over.release();
    }
  }
}
