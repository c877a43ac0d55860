package io.leakwatch.sample;

import io.leakwatch.registry.CurrentTask;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells since which sample the workers of pools have been running the task that they run, from what their pools say of it
 * at each sample. A worker that waits for a task has been at that since the sample at hand. Belongs to the sampling thread.
 */
final class WorkerMarks {
  /**
   * What a worker is at.
   *
   * @param task what it runs; {@code null} when it waits for a task
   * @param since the first sample at which it was at this
   * @param sinceElapsed when that was, since the agent's start
   */
  record Mark(@Nullable CurrentTask task, int since, Duration sinceElapsed) {}

  private Map<Long, Mark> before = new HashMap<>();
  private Map<Long, Mark> next = new HashMap<>();

  /** What a worker is at in sample {@code index}, which is taken at {@code elapsed}. */
  Mark of(LiveThread worker, int index, Duration elapsed) {
    CurrentTask task = worker.task();
    Mark known = task == null ? null : before.get(worker.id());
    Mark mark = known != null && task != null && task.equals(known.task())
        ? known
        : new Mark(task, index, elapsed);
    next.put(worker.id(), mark);
    return mark;
  }

  /** Ends a sample. One that failed tells nothing of workers that it has not seen, but those had no other task either. */
  void endSample() {
    before = next;
    next = new HashMap<>();
  }

  /** Ends a sample that has failed: what was known before it stays known. */
  void forgetSample() {
    next = new HashMap<>();
  }
}
