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
  /** Slots for hundreds of classes; and, where these do not suffice, for tens of thousands. */
  static final int FEW = 1 << 12;

  static final int MANY = 1 << 16;

  /** Identity hashes, two in a set; 0 is none's. */
  private int[] slots = new int[FEW];

  private int added;
  private boolean grown;

  /** Called by hooks. */
  boolean contains(Class<?> type) {
    int[] all = slots;
    int hash = System.identityHashCode(type);
    int set = hash & (all.length - 2);
    return all[set] == hash || all[set + 1] == hash;
  }

  /** Grows, once, when there are many. The class that was added last to the same set stays. Called by hooks. */
  void add(Class<?> type) {
    int[] all = slots;
    int hash = System.identityHashCode(type);
    int set = hash & (all.length - 2);
    all[set + 1] = all[set];
    all[set] = hash;
    if (++added > FEW / 2 && !grown) {
      // First of all, so that it is tried once where there is no memory for it.
      grown = true;
      slots = new int[MANY];
    }
  }

  /** Forgets all. By one thread. */
  void clear() {
    Arrays.fill(slots, 0);
    added = 0;
  }

  int size() {
    return slots.length;
  }
}
