package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * One periodic task in the account, of a scheduled pool or a timer. Held weakly, as is what runs it. Made by hooks; all but
 * the construction belongs to the census.
 */
final class PeriodicTask extends Inbox.Node {
  private final WeakReference<Object> task;
  private final WeakReference<Object> executor;
  private final WeakReference<Thread> timerThread;
  private final int identity;
  private final OriginClass origin;

  private @Nullable Throwable trace;
  private @Nullable CreationSite scheduledAt;
  private @Nullable ExecutorEntry owner;

  /**
   * A task that was handed in.
   *
   * @param executor its pool or timer
   * @param timerThread a timer outlives its object, by its thread; {@code null} for a pool
   * @param trace of the thread that hands it in; {@code null} when it was not taken
   */
  PeriodicTask(
      Object task,
      Object executor,
      @Nullable Thread timerThread,
      OriginClass origin,
      @Nullable Throwable trace) {
    this.task = new WeakReference<>(task);
    this.executor = new WeakReference<>(executor);
    this.timerThread = new WeakReference<>(timerThread);
    this.identity = System.identityHashCode(task);
    this.origin = origin;
    this.trace = trace;
  }

  /** The identity hash of the task, which is known beyond its life. */
  int identity() {
    return identity;
  }

  OriginClass origin() {
    return origin;
  }

  /** The task; {@code null} when it was collected. */
  @Nullable
  Object task() {
    return task.get();
  }

  boolean isCollected() {
    return task.refersTo(null);
  }

  /** Where it was scheduled; {@code null} when that is unknown. */
  @Nullable
  CreationSite scheduledAt() {
    return scheduledAt;
  }

  /** Takes the stack's text in, and lets the rest of it go. */
  void intern(CreationSites sites) {
    Throwable taken = trace;
    // The backtrace keeps classes alive; the frames' text does not.
    trace = null;
    if (taken != null) {
      scheduledAt = sites.intern(taken);
    }
  }

  /** During a census: the entry of what runs it, also of a timer whose object was collected since. */
  @Nullable
  ExecutorEntry owner(ExecutorRegistry executors) {
    Object live = owner == null ? executor.get() : null;
    if (live != null) {
      owner = executors.entryOf(live);
    }
    return owner;
  }

  /** Whether nobody runs it again: it has thrown, it was cancelled, or its pool or timer was shut down. */
  boolean isOver(Object live) {
    if (live instanceof TimerTask) {
      Thread thread = timerThread.get();
      Object queue = thread == null || !thread.isAlive() ? null : TimerBooks.queueOf(thread);
      return queue == null || TimerBooks.next(queue) == null || !TimerTasks.isScheduled(live);
    }
    Object pool = executor.get();
    return pool == null || ExecutorBooks.isShutDown(pool) || !StoppedSchedules.isUndecided(live);
  }

  /** The thread of its timer, whatever that is at; {@code null} for the task of a pool. */
  @Nullable
  Thread timerThread() {
    return timerThread.get();
  }
}
