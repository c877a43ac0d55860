package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;

/**
 * A task that has been running in an executor for longer than {@code slow-task}.
 *
 * @param threadName the thread that runs it
 * @param since the sample at which it was first seen running
 * @param runningFor since that sample: it has been running for that long at the least
 * @param executor its executor
 * @param submittedAt stacks of the places where tasks of its class are handed in, each innermost frame first; empty when
 *     unknown
 * @param thread its thread, looked at
 */
public record SlowTask(
    String threadName,
    int since,
    Duration runningFor,
    Executor executor,
    List<List<StackTraceElement>> submittedAt,
    ThreadDetail thread) {

  public SlowTask {
    submittedAt = List.copyOf(submittedAt);
  }

  /**
   * The executor of a slow task, and whom the task keeps waiting.
   *
   * @param noun what it is called, such as {@code scheduled executor}
   * @param name such as {@code the common pool}; empty when there is nothing to say
   * @param createdAt innermost frame first; empty when unknown
   * @param running tasks that it runs
   * @param maximum how many threads it may have; {@link Integer#MAX_VALUE} when there is no limit
   * @param waiting tasks in its queue that a thread could run now
   */
  public record Executor(
      String noun,
      String name,
      List<StackTraceElement> createdAt,
      long running,
      long maximum,
      long waiting) {

    /** Whether no thread is left for what waits. */
    public boolean isBlocked() {
      return waiting > 0 && running >= maximum;
    }
  }
}
