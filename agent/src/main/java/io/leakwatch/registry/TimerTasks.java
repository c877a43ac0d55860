package io.leakwatch.registry;

import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of timers' tasks, without running any of their code. The JDK guards them by locks
 * that are not taken here: a value may be the one from a moment ago. Called by hooks, too.
 */
final class TimerTasks {
  private static final int SCHEDULED = 1;

  private static final @Nullable UnsafeField STATE = JdkLookup.field(TimerTask.class, "state");
  private static final @Nullable UnsafeField TIME =
      JdkLookup.field(TimerTask.class, "nextExecutionTime");
  private static final @Nullable UnsafeField PERIOD = JdkLookup.field(TimerTask.class, "period");

  private TimerTasks() {}

  /** Whether a timer is to run a task, or to run it again: it was not cancelled. */
  static boolean isScheduled(Object task) {
    return JdkLookup.readInt(STATE, task, -1) == SCHEDULED;
  }

  /** In ms: positive at a fixed rate, negative with a fixed delay; 0 for a task that runs once. */
  static long periodOf(Object task) {
    return JdkLookup.readLong(PERIOD, task, 0);
  }

  /** When it is due next, by the clock on the wall in ms; also while it runs. {@code null} when that cannot be read. */
  static @Nullable Long timeOf(Object task) {
    return TIME != null && task instanceof TimerTask
        ? (Long) JdkLookup.readLong(TIME, task, 0)
        : null;
  }

  /** How late it is at {@code millis}, in ns; negative while its time has not come, or when that cannot be read. */
  static long lateNanos(Object task, long millis) {
    Long time = timeOf(task);
    return time == null ? -1 : TimeUnit.MILLISECONDS.toNanos(millis - time);
  }
}
