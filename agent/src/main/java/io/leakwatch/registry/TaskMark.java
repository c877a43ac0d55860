package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Whose a task is that belongs to who made it, and the pool that it was handed to, if it was one with workers. */
final class TaskMark {
  private final Scope scope;
  private final @Nullable Throwable trace;
  private volatile @Nullable WeakReference<Object> pool;

  /**
   * Of a task.
   *
   * @param trace of the thread that makes it; {@code null} when it was not taken
   */
  TaskMark(Scope scope, @Nullable Throwable trace) {
    this.scope = scope;
    this.trace = trace;
  }

  Scope scope() {
    return scope;
  }

  /** Of the thread that made it; {@code null} when it was not taken. */
  @Nullable
  Throwable trace() {
    return trace;
  }

  /** It is handed in to a thread pool. */
  void handTo(Object threadPool) {
    pool = new WeakReference<>(threadPool);
  }

  boolean isHandedToPool() {
    return pool != null;
  }

  /** Whether it waits in a thread pool that takes tasks still, if it waits. */
  boolean isInOpenPool() {
    WeakReference<Object> held = pool;
    Object live = held == null ? null : held.get();
    return live != null && !ExecutorBooks.isShutDown(live);
  }
}
