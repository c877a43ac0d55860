package io.leakwatch.sample;

import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the tasks that have been running for longest in the executors of a site, and counts all. */
final class OldestTasks {
  /** As many are kept. */
  static final int KEPT = 10;

  private final List<RunningTask> oldest = new ArrayList<>(1);
  private long count;

  void offer(LiveThread live, ExecutorEntry executor, long number, int since, Duration runningFor) {
    count++;
    if (oldest.size() == KEPT && runningFor.compareTo(youngest().runningFor()) <= 0) {
      return;
    }
    int at = oldest.size();
    while (at > 0 && oldest.get(at - 1).runningFor().compareTo(runningFor) < 0) {
      at--;
    }
    oldest.add(at, new RunningTask(live, executor, number, since, runningFor));
    if (oldest.size() > KEPT) {
      oldest.remove(KEPT);
    }
  }

  /** The oldest, the oldest first. */
  List<RunningTask> oldest() {
    return oldest;
  }

  /** All that were offered. */
  long count() {
    return count;
  }

  private RunningTask youngest() {
    return oldest.get(oldest.size() - 1);
  }
}
