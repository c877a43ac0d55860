package io.leakwatch.registry;

import java.lang.reflect.Array;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks what waits in the queues of executors, by their fields: no lock is taken and no code of a task or of an
 * application's queue is run, so a task that comes or goes meanwhile may or may not be seen. Belongs to the census; holds
 * nothing.
 */
final class QueuedTasks {
  private static final String POOLS = "java.util.concurrent.";
  private static final @Nullable UnsafeField POOL_QUEUE =
      JdkLookup.field(ThreadPoolExecutor.class, "workQueue");
  private static final Chain LINKED = new Chain(LinkedBlockingQueue.class, "head");
  private static final Chain DEQUE = new Chain(LinkedBlockingDeque.class, "first");
  private static final @Nullable UnsafeField ARRAY_ITEMS =
      JdkLookup.field(ArrayBlockingQueue.class, "items");
  private static final @Nullable UnsafeField ARRAY_TAKE =
      JdkLookup.field(ArrayBlockingQueue.class, "takeIndex");
  private static final @Nullable UnsafeField PRIORITY_HEAP =
      JdkLookup.field(PriorityBlockingQueue.class, "queue");
  private static final @Nullable Class<?> DELAY_QUEUE =
      JdkLookup.find(POOLS + "ScheduledThreadPoolExecutor$DelayedWorkQueue");
  private static final @Nullable UnsafeField DELAY_HEAP = JdkLookup.field(DELAY_QUEUE, "queue");
  private static final @Nullable UnsafeField FORK_JOIN_QUEUES =
      JdkLookup.field(ForkJoinPool.class, "queues");
  private static final @Nullable UnsafeField FORK_JOIN_ARRAY =
      JdkLookup.field(JdkLookup.find(POOLS + "ForkJoinPool$WorkQueue"), "array");
  private static final @Nullable UnsafeField FORK_JOIN_BASE =
      JdkLookup.field(JdkLookup.find(POOLS + "ForkJoinPool$WorkQueue"), "base");

  private QueuedTasks() {}

  /**
   * Visits tasks that wait in an executor; in a queue that is one, the oldest first.
   *
   * @param limit visits no more than this
   * @param visitor gets by what class a task is accounted, and by how many ns it is late: negative while its time has not
   *     come, {@code null} where a task has no time
   */
  static void visit(Object executor, int limit, BiConsumer<OriginClass, @Nullable Long> visitor) {
    if (ExecutorKind.of(executor) == ExecutorKind.TIMER) {
      Object heap = TimerBooks.heapOf(executor);
      long now = System.currentTimeMillis();
      visit(
          heap, 0, limit, task -> visitor.accept(originOf(task), TimerTasks.lateNanos(task, now)));
      return;
    }
    if (executor instanceof ForkJoinPool) {
      visitForkJoin(executor, limit, task -> visitor.accept(originOf(task), null));
      return;
    }
    Object queue = JdkLookup.read(POOL_QUEUE, executor);
    if (queue != null) {
      long now = System.nanoTime();
      visitQueue(queue, limit, task -> {
        Long time = ScheduledTasks.timeOf(task);
        visitor.accept(originOf(task), time == null ? null : (Long) (now - time));
      });
    }
  }

  /** Whether what was put first into the queue of an executor comes out first. */
  static boolean isInOrder(Object executor) {
    Object queue =
        executor instanceof ThreadPoolExecutor ? JdkLookup.read(POOL_QUEUE, executor) : null;
    return queue instanceof LinkedBlockingQueue || queue instanceof ArrayBlockingQueue;
  }

  private interface Seen {
    void task(Object task);
  }

  private static void visitQueue(Object queue, int limit, Seen seen) {
    if (queue instanceof LinkedBlockingQueue) {
      LINKED.visit(queue, limit, seen);
    } else if (queue instanceof LinkedBlockingDeque) {
      DEQUE.visit(queue, limit, seen);
    } else if (queue instanceof ArrayBlockingQueue) {
      int from = JdkLookup.readInt(ARRAY_TAKE, queue, 0);
      visit(JdkLookup.read(ARRAY_ITEMS, queue), from, limit, seen);
    } else if (queue instanceof PriorityBlockingQueue) {
      visit(JdkLookup.read(PRIORITY_HEAP, queue), 0, limit, seen);
    } else if (queue.getClass() == DELAY_QUEUE) {
      visit(JdkLookup.read(DELAY_HEAP, queue), 0, limit, seen);
    }
  }

  private static void visitForkJoin(Object pool, int limit, Seen seen) {
    Object queues = JdkLookup.read(FORK_JOIN_QUEUES, pool);
    int left = limit;
    for (int i = 0; queues != null && i < Array.getLength(queues) && left > 0; i++) {
      Object queue = Array.get(queues, i);
      if (queue != null) {
        Object array = JdkLookup.read(FORK_JOIN_ARRAY, queue);
        int base = JdkLookup.readInt(FORK_JOIN_BASE, queue, 0);
        left -= visit(array, base, left, seen);
      }
    }
  }

  /** Visits what is in an array, as in a ring, from an index on. */
  private static int visit(@Nullable Object array, int from, int limit, Seen seen) {
    int length = array == null ? 0 : Array.getLength(array);
    int visited = 0;
    for (int i = 0; array != null && i < length && visited < limit; i++) {
      Object task = Array.get(array, Math.floorMod(from + i, length));
      if (task != null) {
        seen.task(task);
        visited++;
      }
    }
    return visited;
  }

  private static OriginClass originOf(Object task) {
    Class<?> type = Tasks.innermost(task).getClass();
    OriginClass origin = OriginClass.of(type);
    origin.entry(type);
    return origin;
  }

  /** How to walk the nodes of a linked queue. A node that was taken out meanwhile leads nowhere, or to itself. */
  private static final class Chain {
    private final @Nullable UnsafeField first;
    private final @Nullable UnsafeField next;
    private final @Nullable UnsafeField item;

    Chain(Class<?> queue, String head) {
      Class<?> node = JdkLookup.find(queue.getName() + "$Node");
      first = JdkLookup.field(queue, head);
      next = JdkLookup.field(node, "next");
      item = JdkLookup.field(node, "item");
    }

    void visit(Object queue, int limit, Seen seen) {
      Object node = JdkLookup.read(first, queue);
      // One more: the head of some is empty.
      for (int steps = 0; node != null && steps <= limit; steps++) {
        Object task = JdkLookup.read(item, node);
        if (task != null) {
          seen.task(task);
        }
        Object following = JdkLookup.read(next, node);
        node = following == node ? null : following;
      }
    }
  }
}
