package io.leakwatch.registry;

/**
 * A counter that many threads bump. The stripe comes from the thread's id, so threads that start at once seldom meet;
 * each stripe has a cache line to itself. Unlike {@code LongAdder} it never allocates, and looks at no thread-local probe
 * while a thread is being born or buried.
 */
final class StripedCounter {
  /** A power of two. */
  private static final int STRIPES = 8;

  /** Fills a cache line, so that no two stripes share one. */
  @SuppressWarnings("UnusedVariable")
  private static final class Stripe {
    private static final UnsafeField COUNT = UnsafeField.own(Stripe.class, "count");

    volatile long count;
    private long a, b, c, d, e, f, g;

    void add(long more) {
      COUNT.getAndAdd(this, more);
    }
  }

  private final Stripe[] stripes = new Stripe[STRIPES];

  StripedCounter() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  void increment(long threadId) {
    stripe(threadId).add(1);
  }

  void decrement(long threadId) {
    stripe(threadId).add(-1);
  }

  /** The sum of all stripes; not a snapshot while others count. */
  long sum() {
    long sum = 0;
    for (Stripe stripe : stripes) {
      sum += stripe.count;
    }
    return sum;
  }

  private Stripe stripe(long threadId) {
    return stripes[(int) threadId & (STRIPES - 1)];
  }
}
