package io.leakwatch.registry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A counter that many threads bump. The stripe comes from the thread's id, so threads that start at once seldom meet;
 * each stripe has a cache line to itself. Unlike {@code LongAdder} it never allocates, and looks at no thread-local probe
 * while a thread is being born or buried.
 */
final class StripedCounter {
  /** A power of two. */
  private static final int STRIPES = 8;

  private static final int LONGS_IN_A_CACHE_LINE = 8;

  private final AtomicLongArray counts =
      new AtomicLongArray((STRIPES - 1) * LONGS_IN_A_CACHE_LINE + 1);

  void increment(long threadId) {
    counts.getAndIncrement(index(threadId));
  }

  void decrement(long threadId) {
    counts.getAndDecrement(index(threadId));
  }

  /** The sum of all stripes; not a snapshot while others count. */
  long sum() {
    long sum = 0;
    for (int i = 0; i < STRIPES; i++) {
      sum += counts.get(i * LONGS_IN_A_CACHE_LINE);
    }
    return sum;
  }

  private static int index(long threadId) {
    return ((int) threadId & (STRIPES - 1)) * LONGS_IN_A_CACHE_LINE;
  }
}
