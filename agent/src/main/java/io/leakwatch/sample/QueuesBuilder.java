package io.leakwatch.sample;

import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.sample.Standstills.Standstill;

/** Adds up the queues of a site's executors while a sample is taken. */
final class QueuesBuilder {
  private long tasks;
  private long executors;
  private long threads;
  private long maximum;
  private long running;
  private int executorsWithTasks;
  private int standstills;
  private int stuckSince;

  /** Takes in an executor, unless it is shut down: what is left in its queue drains. */
  void add(ExecutorEntry executor) {
    if (!executor.isShutDown()) {
      executors++;
      tasks += executor.runnableTasks();
      threads += executor.liveThreads();
      running += executor.runningTasks();
      maximum = Math.min(Integer.MAX_VALUE, maximum + executor.maximumThreads());
      executorsWithTasks += executor.runnableTasks() > 0 ? 1 : 0;
    }
  }

  /** Takes in how an executor that has tasks in its queue stands. */
  void add(Standstill standstill) {
    standstills++;
    stuckSince = Math.max(stuckSince, standstill.stuckSince());
  }

  Queues build() {
    boolean allStand = standstills > 0 && standstills == executorsWithTasks;
    return executors == 0
        ? Queues.EMPTY
        : new Queues(
            tasks, executors, threads, maximum, running, allStand ? stuckSince : Integer.MAX_VALUE);
  }
}
