package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By whom one object was handed in that may be handed in many times, also by several scopes at once: a {@code Runnable}
 * that is given to {@code execute} as it is.
 *
 * <p>Protocol. An immutable array of turns, the oldest first, replaced as a whole by compare-and-set by any thread
 * (lock-free). Turns of one scope and one pool that follow each other are one with a count. <i>Bound</i>: {@value #MAX}
 * turns; further ones are nobody's.
 */
final class Submissions {
  private static final int MAX = 64;

  /**
   * Some turns in a row.
   *
   * @param trace of the thread that handed in the first of them; {@code null} when it was not taken
   */
  record Turn(
      WeakReference<Object> pool,
      @Nullable Scope scope,
      @Nullable Throwable trace,
      int count) {
    boolean isOf(Object otherPool, @Nullable Scope otherScope) {
      return scope == otherScope && pool.refersTo(otherPool);
    }

    Turn withCount(int other) {
      return new Turn(pool, scope, trace, other);
    }
  }

  private static final Turn[] NONE = {};

  private static final UnsafeField TURNS = UnsafeField.own(Submissions.class, "turns");

  private volatile Turn[] turns = NONE;

  /** It is handed in to a pool. */
  void add(Object pool, @Nullable Scope scope) {
    while (true) {
      Turn[] before = turns;
      int last = before.length - 1;
      Turn[] after;
      if (last >= 0 && before[last].isOf(pool, scope)) {
        after = before.clone();
        after[last] = before[last].withCount(before[last].count() + 1);
      } else if (before.length >= MAX) {
        return;
      } else {
        after = Arrays.copyOf(before, before.length + 1);
        Throwable trace = scope == null ? null : scope.takeStack();
        after[last + 1] = new Turn(new WeakReference<>(pool), scope, trace, 1);
      }
      if (TURNS.compareAndSet(this, before, after)) {
        if (scope != null) {
          scope.countMark();
        }
        return;
      }
    }
  }

  /** A pool takes it: the turn, of which the scope is {@code null} when nobody's; {@code null} when nothing is known of it. */
  @Nullable
  Turn take(Object pool) {
    while (true) {
      Turn[] before = turns;
      int first = 0;
      while (first < before.length && !before[first].pool().refersTo(pool)) {
        first++;
      }
      if (first == before.length) {
        return null;
      }
      if (TURNS.compareAndSet(this, before, without(before, first))) {
        uncount(before[first].scope());
        return before[first];
      }
    }
  }

  /** It was refused right after it was handed in. */
  void takeBack(Object pool, @Nullable Scope scope) {
    while (true) {
      Turn[] before = turns;
      int last = before.length - 1;
      while (last >= 0 && !before[last].isOf(pool, scope)) {
        last--;
      }
      if (last < 0) {
        return;
      }
      if (TURNS.compareAndSet(this, before, without(before, last))) {
        uncount(scope);
        return;
      }
    }
  }

  /** Whether a scope waits for its turn in a pool that takes tasks still. */
  boolean waits(Scope scope) {
    for (Turn turn : turns) {
      Object pool = turn.scope() == scope ? turn.pool().get() : null;
      if (pool != null && !ExecutorBooks.isShutDown(pool)) {
        return true;
      }
    }
    return false;
  }

  /** The object was collected: nobody will run it. */
  void forget() {
    Turn[] last = (Turn[]) Objects.requireNonNull(TURNS.getAndSet(this, NONE));
    for (Turn turn : last) {
      Scope scope = turn.scope();
      for (int i = 0; scope != null && i < turn.count(); i++) {
        scope.countMarkGone();
      }
    }
  }

  private static void uncount(@Nullable Scope scope) {
    if (scope != null) {
      scope.countMarkGone();
    }
  }

  private static Turn[] without(Turn[] before, int index) {
    Turn turn = before[index];
    if (turn.count() > 1) {
      Turn[] after = before.clone();
      after[index] = turn.withCount(turn.count() - 1);
      return after;
    }
    Turn[] after = new Turn[before.length - 1];
    System.arraycopy(before, 0, after, 0, index);
    System.arraycopy(before, index + 1, after, index, after.length - index);
    return after;
  }
}
