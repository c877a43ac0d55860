package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of timers' tasks, without running any of their code. The JDK guards them by locks
 * that are not taken here: a value may be the one from a moment ago. Called by hooks, too.
 */
final class TimerTasks {
  private static final int SCHEDULED = 1;

  private static final @Nullable MethodHandle STATE =
      JdkLookup.object(JdkLookup.getter(TimerTask.class, "state"));
  private static final @Nullable MethodHandle TIME =
      JdkLookup.object(JdkLookup.getter(TimerTask.class, "nextExecutionTime"));
  private static final @Nullable MethodHandle PERIOD =
      JdkLookup.object(JdkLookup.getter(TimerTask.class, "period"));

  private TimerTasks() {}

  /** Reads in vain what hooks read, so that no handle is called for the first time inside of one. */
  static void rehearse() {
    Object noSuchTask = TimerTasks.class;
    JdkLookup.read(STATE, noSuchTask);
    JdkLookup.read(TIME, noSuchTask);
    JdkLookup.read(PERIOD, noSuchTask);
  }

  /** Whether a timer is to run a task, or to run it again: it was not cancelled. */
  static boolean isScheduled(Object task) {
    return JdkLookup.read(STATE, task) instanceof Integer state && state == SCHEDULED;
  }

  /** In ms: positive at a fixed rate, negative with a fixed delay; 0 for a task that runs once. */
  static long periodOf(Object task) {
    return JdkLookup.read(PERIOD, task) instanceof Long period ? period : 0;
  }

  /** When it is due next, by the clock on the wall in ms; also while it runs. {@code null} when that cannot be read. */
  static @Nullable Long timeOf(Object task) {
    return JdkLookup.read(TIME, task) instanceof Long time ? time : null;
  }

  /** How late it is at {@code millis}, in ns; negative while its time has not come, or when that cannot be read. */
  static long lateNanos(Object task, long millis) {
    Long time = timeOf(task);
    return time == null ? -1 : TimeUnit.MILLISECONDS.toNanos(millis - time);
  }
}
