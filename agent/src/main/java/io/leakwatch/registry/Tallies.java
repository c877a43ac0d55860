package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to objects that nobody may hold: from executors, and timers' queues, to tallies, in a {@link WeakTable}.
 * Hooks count, on any thread. <i>Bound</i>: no more than {@value #CAP} objects; what happens to further ones is not counted,
 * but that is.
 */
final class Tallies {
  static final int CAP = 100_000;

  private static final int BUCKETS = 1 << 10;

  /** What happened to one object. */
  static final class Tally {
    private static final UnsafeField FAILED = UnsafeField.own(Tally.class, "failed");
    private static final UnsafeField REJECTED = UnsafeField.own(Tally.class, "rejected");
    private static final UnsafeField CANCELLED = UnsafeField.own(Tally.class, "cancelled");
    private static final UnsafeField TAKEN = UnsafeField.own(Tally.class, "taken");
    private static final UnsafeField CLEARED = UnsafeField.own(Tally.class, "cleared");

    private volatile long failed;
    private volatile long rejected;
    private volatile long cancelled;
    private volatile long taken;
    private volatile long cleared;

    // Of a timer's queue; written by the timer's thread, or under the queue's lock.
    private volatile @Nullable OriginClass takenLast;
    private volatile int identityTakenLast;
    private volatile int leftWhenCleared;

    void countFailed() {
      FAILED.getAndAdd(this, 1L);
    }

    void countRejected() {
      REJECTED.getAndAdd(this, 1L);
    }

    void countCancelled() {
      CANCELLED.getAndAdd(this, 1L);
    }

    void countTaken() {
      TAKEN.getAndAdd(this, 1L);
    }

    /** A timer takes this task from its queue. */
    void taking(OriginClass origin, int identity) {
      takenLast = origin;
      identityTakenLast = identity;
    }

    /** A timer's queue is emptied of as many tasks. */
    void countCleared(int left) {
      leftWhenCleared = left;
      CLEARED.getAndAdd(this, 1L);
    }

    long failed() {
      return failed;
    }

    /** What was counted since the last call. */
    long takeFailed() {
      long taken = failed;
      FAILED.getAndAdd(this, -taken);
      return taken;
    }

    long rejected() {
      return rejected;
    }

    long cancelled() {
      return cancelled;
    }

    /** Tasks that a timer has taken from its queue. */
    long taken() {
      return taken;
    }

    /** Whether the task that a timer took last has that identity hash. */
    boolean hasTaken(int identity) {
      return takenLast != null && identityTakenLast == identity;
    }

    /** The class of the task that a timer took last; {@code null} when it has taken none. */
    @Nullable
    OriginClass takenLast() {
      return takenLast;
    }

    /** Its identity hash. */
    int identityTakenLast() {
      return identityTakenLast;
    }

    /** How often a timer's queue was emptied: once when its thread ends, and each time that somebody cancels it. */
    long cleared() {
      return cleared;
    }

    /** How many tasks it was emptied of when that happened last. */
    int leftWhenCleared() {
      return leftWhenCleared;
    }
  }

  private final WeakTable<Tally> table;

  Tallies() {
    this(BUCKETS, CAP);
  }

  /** For tests: {@code buckets} is a power of two. */
  Tallies(int buckets, int cap) {
    this.table = new WeakTable<>(buckets, cap);
  }

  /** The tally of an object, a new one if it had none; {@code null} when there is no room for one. */
  @Nullable
  Tally of(Object object) {
    Tally known = table.find(object);
    return known == null ? table.putIfAbsent(object, new Tally()) : known;
  }

  /** The tally of an object; {@code null} when nothing has happened to it. */
  @Nullable
  Tally find(Object object) {
    return table.find(object);
  }

  /** Forgets the objects that were collected. One thread at a time. */
  void sweep() {
    table.sweep(tally -> {});
  }

  int size() {
    return table.size();
  }

  /** How often something was not counted because {@link #CAP} objects were there. */
  long refused() {
    return table.refused();
  }
}
