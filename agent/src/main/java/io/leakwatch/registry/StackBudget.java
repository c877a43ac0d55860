package io.leakwatch.registry;

/**
 * How many creation stacks may be taken between two censuses, over all classes. Protects an application that starts
 * threads of ten thousand classes at once.
 *
 * <p>Hooks read and count racily: a few stacks more or less do no harm. The census opens the next epoch.
 */
final class StackBudget {
  /** A stack costs about 1 µs where it is taken and 5 µs where it is resolved: 20 ms an interval at the very most. */
  static final int PER_EPOCH = 4_096;

  private volatile int epoch;
  private int taken;

  int epoch() {
    return epoch;
  }

  /** Whether no more may be taken in this epoch. */
  boolean isSpent() {
    return taken >= PER_EPOCH;
  }

  boolean claim() {
    if (isSpent()) {
      return false;
    }
    taken++;
    return true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void nextEpoch() {
    taken = 0;
    epoch++;
  }
}
