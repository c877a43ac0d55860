package io.leakwatch.registry;

import io.leakwatch.registry.ThreadRegistry.LiveThread;
import org.jspecify.annotations.Nullable;

/**
 * Something of a scope that is still there. Must not be kept: it holds the thread.
 *
 * @param what what it is
 * @param thread the thread; {@code null} for a schedule
 * @param executor the executor that it is about; {@code null} when none is
 * @param origin the class of the task
 * @param site where the executor or the thread was made, or the task was handed in; {@code null} when unknown
 */
public record Leftover(
    What what,
    @Nullable LiveThread thread,
    @Nullable ExecutorEntry executor,
    OriginClass origin,
    @Nullable CreationSite site) {

  /** The sorts of what can be left. */
  public enum What {
    /** A thread of an executor, or the one of a timer, that was made in the scope. */
    EXECUTOR,
    /** A thread that was started in the scope and works for no pool. */
    THREAD,
    /** A task of the scope that a thread of somebody else runs. */
    TASK,
    /** A periodic task of the scope that somebody else's executor is going to run again. */
    SCHEDULE
  }
}
