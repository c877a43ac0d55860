package io.leakwatch.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Hears what threads, executors and tasks come from which others, while tests are watched. The same rules as for {@link
 * ThreadListener}.
 */
public interface ScopeListener {
  /** A thread of either kind is about to start; called by the thread that starts it. */
  void onThreadStarting(Thread thread);

  /** A thread of either kind ends; called by that thread. */
  void onThreadEnding(Thread thread);

  /** An executor or a timer was made; called at the end of its constructor. */
  void onExecutorMade(Object executor);

  /** A future, a fork-join task or a stage was made; called at the end of the constructor of the JDK's class. */
  void onTaskMade(Object task);

  /** A task is handed in; called by the thread that does. */
  void onTaskHandedIn(Object receiver, @Nullable Object task);

  /** A pool does not take a task that was just handed in. */
  void onTaskRefused(Object pool, @Nullable Object task);

  /** A thread pool's worker begins, maybe with a first task; called by that worker. */
  void onWorkerStarting(Object pool, Object worker);

  /** A thread pool's worker has got its next task, or none; called by that worker. */
  void onTaskTaken(Object pool, @Nullable Object task);

  /** A thread pool's worker has done its task, if it had one; called by that worker. */
  void onTaskDone(Object pool);

  /** A timer takes its next task; called by its thread. */
  void onTimerTaskTaken(Object queue);

  /**
   * A fork-join task begins; called by the thread that runs it.
   *
   * @return what its end is to get; {@code null} when nothing is to be taken back
   */
  @Nullable
  Object onForkJoinBegin(Object task);

  /** A future or a stage begins; called by the thread that runs it. What it returns is the same. */
  @Nullable
  Object onTaskBegin(Object task);

  /** What began has ended, also by an exception; called by the same thread. */
  void onTaskEnd(Object task, @Nullable Object begun);

  /** A stage that began has ended, or was not ready to run; called by the same thread. */
  void onStageEnd(Object stage, @Nullable Object begun);
}
