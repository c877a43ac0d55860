package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/**
 * The scopes of one thread. Written before the thread starts by who starts it, then by the thread itself; read by who
 * looks what is left.
 */
final class ThreadScope {
  /** Whose the thread is: that of the pool it works for, else of who started it. */
  private volatile @Nullable Scope own;

  /** Whose the task is that it runs; else its own. */
  private volatile @Nullable Scope current;

  /** The scope that counts the task which a pool's worker runs now. Used by the worker only. */
  private @Nullable Scope counted;

  private boolean hasTask;

  @Nullable
  Scope own() {
    return own;
  }

  @Nullable
  Scope current() {
    return current;
  }

  /** From now on it belongs to a scope; the scope that counts it is adjusted. */
  void belongTo(@Nullable Scope scope) {
    Scope before = own;
    if (before != scope) {
      if (before != null) {
        before.countMarkGone();
      }
      if (scope != null) {
        scope.countMark();
      }
      own = scope;
    }
    current = scope;
  }

  void run(@Nullable Scope scope) {
    current = scope;
  }

  /** Whether it has got a task from its pool. */
  boolean hasTask() {
    return hasTask;
  }

  /** Runs a task from its pool. */
  void take(@Nullable Scope scope) {
    hasTask = true;
    current = scope;
  }

  /** Runs a task that is marked nowhere any more, so that its scope counts it here. */
  void takeCounted(Scope scope) {
    take(scope);
    counted = scope;
    scope.countMark();
  }

  /** Runs nothing. */
  void rest() {
    Scope was = counted;
    if (was != null) {
      counted = null;
      was.countMarkGone();
    }
    hasTask = false;
    current = own;
  }

  /** It has ended. */
  void end() {
    rest();
    belongTo(null);
  }
}
