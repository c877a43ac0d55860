package io.leakwatch.registry;

import java.util.Arrays;

/**
 * The classes of tasks that hooks need not look at any more in the epoch at hand. Nearly every task that is handed in is of
 * one of them, and then the hook reads the class's identity hash and one cache line of this table, and writes nothing.
 *
 * <p>A set that may forget: a class that is not found is only looked at once more. Of two classes with the same identity
 * hash, one pair in two thousand million, each counts as the other.
 *
 * <p>Hooks read and write it racily; the census opens the next epoch.
 */
final class SeenEnough {
  /**
   * Four for each class that there is room for: of no more classes than this can an epoch's budget take its stacks, and when
   * that is spent nobody asks.
   */
  static final int SLOTS = 4 * StackBudget.PER_EPOCH / OriginClass.EACH_SUBMISSION;

  /** Identity hashes, two in a set; 0 is none's. */
  private final int[] slots = new int[SLOTS];

  /** Called by hooks. */
  boolean contains(Class<?> type) {
    int hash = System.identityHashCode(type);
    int set = hash & (SLOTS - 2);
    return slots[set] == hash || slots[set + 1] == hash;
  }

  /** Called by hooks; the class that was added last to the same set stays. */
  void add(Class<?> type) {
    int hash = System.identityHashCode(type);
    int set = hash & (SLOTS - 2);
    slots[set + 1] = slots[set];
    slots[set] = hash;
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(slots, 0);
  }
}
