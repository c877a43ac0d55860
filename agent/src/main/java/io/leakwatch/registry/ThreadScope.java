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

  /** Where the task was handed in that the pool's worker runs now. */
  private volatile @Nullable Throwable trace;

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

  /** Where the task was handed in that it has got from its pool; {@code null} when that is not known. */
  @Nullable
  Throwable trace() {
    return trace;
  }

  /** Runs a task from its pool. */
  void take(@Nullable Scope scope, @Nullable Throwable handedIn) {
    hasTask = true;
    current = scope;
    trace = handedIn;
  }

  /** Runs a task that is marked nowhere any more, so that its scope counts it here. */
  void takeCounted(Scope scope, @Nullable Throwable handedIn) {
    take(scope, handedIn);
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
    trace = null;
    current = own;
  }

  /** It has ended. */
  void end() {
    rest();
    belongTo(null);
  }
}
