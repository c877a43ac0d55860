package io.leakwatch.registry;

import java.util.Arrays;
import java.util.Set;
import java.util.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what timers know of themselves: their queues, by fields and without the lock that guards them, so that it may be
 * what was so a moment ago; and whether one runs a task. A timer keeps no book of that; where its thread is, its stack
 * says, of which only so many are looked at in a census. The instance belongs to the census; hooks call some of the static methods.
 */
final class TimerBooks {
  /** A look costs about 10 µs. Applications with more timers than this have another problem. */
  private static final int LOOKS = 128;

  private static final int TASKS_LOOKED_AT = 1_000;

  private static final @Nullable Class<?> THREAD = JdkLookup.find("java.util.TimerThread");
  private static final @Nullable UnsafeField ITS_THREAD = JdkLookup.field(Timer.class, "thread");
  private static final @Nullable UnsafeField QUEUE = JdkLookup.field(Timer.class, "queue");
  private static final @Nullable UnsafeField QUEUE_OF_THREAD = JdkLookup.field(THREAD, "queue");
  private static final @Nullable UnsafeField SIZE =
      JdkLookup.field(JdkLookup.find("java.util.TaskQueue"), "size");

  private static final @Nullable UnsafeField HEAP =
      JdkLookup.field(JdkLookup.find("java.util.TaskQueue"), "queue");

  private int looksLeft;

  void beginCensus() {
    looksLeft = LOOKS;
  }

  /** Whether it is the thread of a timer, which stands for a timer that was there before the agent: it does not know it. */
  static boolean isThread(Object object) {
    return object.getClass() == THREAD;
  }

  /** The queue of a timer, or of a timer's thread; {@code null} for anything else. Called by hooks. */
  static @Nullable Object queueOf(Object timer) {
    if (timer instanceof Timer) {
      return JdkLookup.read(QUEUE, timer);
    }
    return isThread(timer) ? JdkLookup.read(QUEUE_OF_THREAD, timer) : null;
  }

  /**
   * What stands for an executor in the account: for a timer its thread, which goes on with what it has when nobody has the
   * timer any more; else itself. Called by hooks.
   */
  static Object identity(Object executor) {
    Thread thread = executor instanceof Timer ? threadOf(executor) : null;
    return thread == null ? executor : thread;
  }

  /** The thread of a timer. Called by hooks. */
  static @Nullable Thread threadOf(Object timer) {
    if (isThread(timer)) {
      return (Thread) timer;
    }
    return JdkLookup.read(ITS_THREAD, timer) instanceof Thread thread ? thread : null;
  }

  /** Tasks in the queue of a timer, those that are cancelled included. */
  static long queued(Object timer) {
    Object queue = queueOf(timer);
    return queue == null ? 0 : JdkLookup.readInt(SIZE, queue, 0);
  }

  /** Tasks in the queue of a timer whose time has come, by the clock on the wall, which is a timer's; 10,000 at the most. */
  static long due(Object timer, long millis) {
    return heapOf(timer) instanceof Object[] heap
        ? Arrays.stream(heap)
            .limit(DueTasks.MOST)
            .filter(task -> task != null && TimerTasks.lateNanos(task, millis) >= 0)
            .count()
        : 0;
  }

  /** The array that a timer's tasks are in, read without its lock; {@code null} when it cannot be read. */
  static @Nullable Object heapOf(Object timer) {
    Object queue = queueOf(timer);
    return queue == null ? null : JdkLookup.read(HEAP, queue);
  }

  /** The task that a timer takes next; {@code null} when it has none. */
  static @Nullable Object next(Object queue) {
    // A heap that begins at 1.
    return JdkLookup.read(HEAP, queue) instanceof Object[] heap && heap.length > 1 ? heap[1] : null;
  }

  /** Tasks in a timer's queue that nobody has cancelled, of the first {@value #TASKS_LOOKED_AT}. */
  static int scheduledIn(Object queue) {
    int scheduled = 0;
    if (JdkLookup.read(HEAP, queue) instanceof Object[] heap) {
      for (int i = 1; i < Math.min(heap.length, TASKS_LOOKED_AT + 1); i++) {
        Object task = heap[i];
        if (task != null && TimerTasks.isScheduled(task)) {
          scheduled++;
        }
      }
    }
    return scheduled;
  }

  /** Adds the tasks of a timer, if it is the thread of one. */
  static void addTasks(Thread thread, Set<Object> tasks) {
    if (isThread(thread) && heapOf(thread) instanceof Object[] heap) {
      for (Object task : heap) {
        if (task != null) {
          tasks.add(task);
        }
      }
    }
  }

  /**
   * What a timer's thread runs; {@code null} when it waits for the time of its next task, or nobody looked.
   *
   * @param taken tasks that it has taken so far
   */
  @Nullable
  CurrentTask currentTask(Thread thread, long taken) {
    if (looksLeft == 0) {
      return null;
    }
    looksLeft--;
    StackTraceElement[] stack = PlatformThreads.stack(thread);
    for (int i = 0; i < stack.length; i++) {
      if (stack[i].getMethodName().equals("mainLoop")) {
        // Between two tasks it is in this method itself, or in the wait that this calls.
        boolean runs = i > 0 && !stack[i - 1].getClassName().startsWith("java.lang.Object");
        return runs && !stack[i - 1].getClassName().equals("java.util.TaskQueue")
            ? new CurrentTask(taken)
            : null;
      }
    }
    return null;
  }
}
