package io.leakwatch.registry;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks in a scheduled pool's queue whose time has come. The queue is a heap in an array, the earliest first;
 * it is read without its lock, so the count may be off by what goes in or out meanwhile.
 */
final class DueTasks {
  /** As many are counted at the most. */
  static final int MOST = 10_000;

  private static final String POOL = "java.util.concurrent.ScheduledThreadPoolExecutor";
  private static final @Nullable UnsafeField HEAP =
      JdkLookup.field(JdkLookup.find(POOL + "$DelayedWorkQueue"), "queue");

  private DueTasks() {}

  /** Tasks in {@code queue} that were due at {@code nanoTime}; 0 when that cannot be read. */
  static long in(Object queue, long nanoTime) {
    return JdkLookup.read(HEAP, queue) instanceof Object[] heap ? count(heap, nanoTime) : 0;
  }

  /** All tasks in {@code queue}, {@value #MOST} at the most; none when that cannot be read. */
  static List<Object> allIn(Object queue) {
    return JdkLookup.read(HEAP, queue) instanceof Object[] heap
        ? Arrays.stream(heap).filter(Objects::nonNull).limit(MOST).toList()
        : List.of();
  }

  /** What is not due has nothing below it that is. */
  private static long count(Object[] heap, long nanoTime) {
    long due = 0;
    Deque<Integer> open = new ArrayDeque<>();
    open.push(0);
    while (!open.isEmpty() && due < MOST) {
      int at = open.pop();
      Object task = at < heap.length ? heap[at] : null;
      // An application may put tasks of a class of its own around these: when they are due only its
      // code knows.
      Long time = task == null ? null : ScheduledTasks.timeOf(task);
      if (time != null && time - nanoTime <= 0) {
        due++;
        open.push(2 * at + 1);
        open.push(2 * at + 2);
      }
    }
    return due;
  }
}
