package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/** Reads the fields of the JDK's scheduled tasks, without running any of their code. Called by hooks, too. */
final class ScheduledTasks {
  /** What a scheduled pool makes of a task. */
  static final @Nullable Class<?> TASK =
      JdkLookup.find("java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask");

  private static final @Nullable UnsafeField PERIOD = JdkLookup.field(TASK, "period");
  private static final @Nullable UnsafeField TIME = JdkLookup.field(TASK, "time");
  private static final @Nullable UnsafeField POOL = JdkLookup.field(TASK, "this$0");

  private ScheduledTasks() {}

  /** Whether it is one of a scheduled pool's own; what an application has put around one is not. */
  static boolean isOne(Object task) {
    return task.getClass() == TASK;
  }

  /** In ns: positive at a fixed rate, negative with a fixed delay; 0 for a task that runs once, and for any other object. */
  static long periodOf(Object task) {
    return isOne(task) ? JdkLookup.readLong(PERIOD, task, 0) : 0;
  }

  /** When it is due, or was due while it runs, as {@link System#nanoTime()}; {@code null} when that cannot be read. */
  static @Nullable Long timeOf(Object task) {
    return TIME != null && isOne(task) ? (Long) JdkLookup.readLong(TIME, task, 0) : null;
  }

  /** The pool that it is of; {@code null} for any other object. */
  static @Nullable Object poolOf(Object task) {
    return isOne(task) ? JdkLookup.read(POOL, task) : null;
  }
}
