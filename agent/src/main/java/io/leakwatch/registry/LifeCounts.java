package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/**
 * How many virtual threads of one class of tasks were started, and how many of them have ended.
 *
 * <p>Hooks count, on any thread, and neither lock nor allocate. Where there is much to count the census puts a wide pair
 * of counters beside the small one that each class has; both stay in use, so that no count is lost in between.
 */
final class LifeCounts {
  private static final long MANY = 10_000;

  private static final UnsafeField STARTED = UnsafeField.own(LifeCounts.class, "started");
  private static final UnsafeField ENDED = UnsafeField.own(LifeCounts.class, "ended");

  /** Two counters that many threads can bump at once. */
  private static final class Wide {
    final StripedCounter started = new StripedCounter();
    final StripedCounter ended = new StripedCounter();
  }

  private volatile long started;
  private volatile long ended;
  private volatile @Nullable Wide wide;

  void countStart(long threadId) {
    Wide more = wide;
    if (more == null) {
      STARTED.getAndAdd(this, 1L);
    } else {
      more.started.increment(threadId);
    }
  }

  void countEnd(long threadId) {
    Wide more = wide;
    if (more == null) {
      ENDED.getAndAdd(this, 1L);
    } else {
      more.ended.increment(threadId);
    }
  }

  long started() {
    Wide more = wide;
    return started + (more == null ? 0 : more.started.sum());
  }

  long ended() {
    Wide more = wide;
    return ended + (more == null ? 0 : more.ended.sum());
  }

  /** Called by the census. */
  void widenIfMany() {
    if (wide == null && started > MANY) {
      wide = new Wide();
    }
  }
}
