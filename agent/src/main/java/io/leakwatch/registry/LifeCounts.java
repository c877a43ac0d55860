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

  /** Two counters, {@code stripes} wide each. */
  private static final class Pair {
    final StripedCounter started;
    final StripedCounter ended;

    Pair(int stripes) {
      started = new StripedCounter(stripes);
      ended = new StripedCounter(stripes);
    }
  }

  private final Pair small = new Pair(1);
  private volatile @Nullable Pair wide;

  void countStart(long threadId) {
    pair().started.increment(threadId);
  }

  void countEnd(long threadId) {
    pair().ended.increment(threadId);
  }

  long started() {
    Pair more = wide;
    return small.started.sum() + (more == null ? 0 : more.started.sum());
  }

  long ended() {
    Pair more = wide;
    return small.ended.sum() + (more == null ? 0 : more.ended.sum());
  }

  /** Called by the census. */
  void widenIfMany() {
    if (wide == null && small.started.sum() > MANY) {
      wide = new Pair(StripedCounter.STRIPES);
    }
  }

  private Pair pair() {
    Pair more = wide;
    return more == null ? small : more;
  }
}
