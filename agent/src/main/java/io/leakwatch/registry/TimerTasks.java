package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of timers' tasks, queues and threads, without running any of their code. The JDK guards them by locks
 * that are not taken here: a value may be the one from a moment ago. Called by hooks, too.
 */
final class TimerTasks {
  private static final int SCHEDULED = 1;

  /** As many tasks are looked at in one timer. */
  private static final int MOST = 1_000;

  private static final @Nullable Class<?> THREAD = JdkLookup.find("java.util.TimerThread");
  private static final @Nullable MethodHandle QUEUE =
      JdkLookup.object(JdkLookup.getter(THREAD, "queue"));
  private static final @Nullable MethodHandle HEAP =
      JdkLookup.object(JdkLookup.getter(JdkLookup.find("java.util.TaskQueue"), "queue"));
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
    JdkLookup.read(QUEUE, noSuchTask);
    JdkLookup.read(HEAP, noSuchTask);
    JdkLookup.read(STATE, noSuchTask);
    JdkLookup.read(TIME, noSuchTask);
    JdkLookup.read(PERIOD, noSuchTask);
  }

  /** The queue of the timer that a thread is of; {@code null} for any other thread. */
  static @Nullable Object queueOf(Thread thread) {
    return thread.getClass() == THREAD ? JdkLookup.read(QUEUE, thread) : null;
  }

  /** The task that a timer takes next; {@code null} when it has none. */
  static @Nullable Object next(Object queue) {
    // A heap that begins at 1.
    return JdkLookup.read(HEAP, queue) instanceof Object[] heap && heap.length > 1 ? heap[1] : null;
  }

  /** Tasks in a timer's queue that nobody has cancelled, of the first {@value #MOST}. */
  static int scheduledIn(Object queue) {
    int scheduled = 0;
    if (JdkLookup.read(HEAP, queue) instanceof Object[] heap) {
      for (int i = 1; i < Math.min(heap.length, MOST + 1); i++) {
        Object task = heap[i];
        if (task != null && isScheduled(task)) {
          scheduled++;
        }
      }
    }
    return scheduled;
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
}
