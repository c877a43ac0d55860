package io.leakwatch.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of tasks. The same rules as for {@link ThreadListener}; nothing is said of a task that merely runs to
 * its end: the executors keep books of that themselves.
 */
public interface TaskListener {
  /**
   * A task is handed in; called by the thread that does.
   *
   * @param receiver the executor, the timer, or the stage of a {@code CompletableFuture} that will hand it on
   * @param task what was handed in, or what the JDK has put around it; {@code null} where that is what was handed in, which
   *     the JDK is about to refuse
   */
  void onSubmitted(Object receiver, @Nullable Object task);

  /** An executor or a timer does not take a task; called by the thread that wanted to hand it in. */
  void onRejected(Object executor);

  /**
   * A task of the JDK's (a future, a fork-join task, a stage) has thrown; called by the thread that ran it, before that is
   * its result.
   *
   * @param failure what was thrown; {@code null} where an application says so
   */
  void onFailed(Object task, @Nullable Throwable failure);

  /**
   * A worker of a thread pool ends; called by that worker.
   *
   * @param abruptly whether its task threw
   */
  void onWorkerEnded(Object pool, boolean abruptly);

  /** A thread ends because its task threw; called by that thread, before any handler. */
  void onUncaught(Thread thread, @Nullable Throwable failure);

  /** Somebody wants to cancel a future, which may be done already. */
  void onCancelling(Object task);

  /**
   * A timer takes its next task.
   *
   * @param queue the timer's queue
   */
  void onTimerTaskTaken(Object queue);

  /**
   * A timer drops all its tasks: it is cancelled, or its thread ends, which is then the caller.
   *
   * @param queue the timer's queue, still with its tasks
   */
  void onTimerCleared(Object queue);
}
