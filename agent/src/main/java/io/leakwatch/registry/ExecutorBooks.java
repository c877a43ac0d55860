package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the books that executors keep of themselves. Takes none of their locks and runs no overridden method: fields, and
 * the JDK's own version of the few methods that only read one.
 */
final class ExecutorBooks {
  private static final @Nullable Class<?> PER_TASK =
      JdkLookup.find("java.util.concurrent.ThreadPerTaskExecutor");
  private static final @Nullable Class<?> TIMER_THREAD = JdkLookup.find("java.util.TimerThread");
  private static final @Nullable Class<?> DELAY_QUEUE =
      JdkLookup.find("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue");

  private static final @Nullable MethodHandle POOL_SHUTDOWN =
      JdkLookup.object(JdkLookup.own(ThreadPoolExecutor.class, "isShutdown"));
  private static final @Nullable MethodHandle POOL_TERMINATED =
      JdkLookup.object(JdkLookup.own(ThreadPoolExecutor.class, "isTerminated"));
  private static final @Nullable UnsafeField POOL_CORE =
      JdkLookup.field(ThreadPoolExecutor.class, "corePoolSize");
  private static final @Nullable UnsafeField POOL_MAXIMUM =
      JdkLookup.field(ThreadPoolExecutor.class, "maximumPoolSize");
  private static final @Nullable UnsafeField POOL_KEEP_ALIVE =
      JdkLookup.field(ThreadPoolExecutor.class, "keepAliveTime");
  private static final @Nullable UnsafeField POOL_CORE_TIMES_OUT =
      JdkLookup.field(ThreadPoolExecutor.class, "allowCoreThreadTimeOut");
  private static final @Nullable UnsafeField POOL_COMPLETED =
      JdkLookup.field(ThreadPoolExecutor.class, "completedTaskCount");
  private static final @Nullable UnsafeField POOL_QUEUE =
      JdkLookup.field(ThreadPoolExecutor.class, "workQueue");
  private static final @Nullable UnsafeField WORKER_STATE =
      JdkLookup.field(AbstractQueuedSynchronizer.class, "state");
  private static final @Nullable UnsafeField WORKER_COMPLETED = JdkLookup.field(
      JdkLookup.find("java.util.concurrent.ThreadPoolExecutor$Worker"), "completedTasks");
  private static final @Nullable MethodHandle FORK_JOIN_SHUTDOWN =
      JdkLookup.object(JdkLookup.own(ForkJoinPool.class, "isShutdown"));
  private static final @Nullable MethodHandle FORK_JOIN_TERMINATED =
      JdkLookup.object(JdkLookup.own(ForkJoinPool.class, "isTerminated"));
  private static final @Nullable MethodHandle FORK_JOIN_PARALLELISM =
      JdkLookup.object(JdkLookup.own(ForkJoinPool.class, "getParallelism"));
  private static final @Nullable MethodHandle PER_TASK_SHUTDOWN =
      JdkLookup.object(JdkLookup.own(PER_TASK, "isShutdown"));
  private static final @Nullable MethodHandle PER_TASK_TERMINATED =
      JdkLookup.object(JdkLookup.own(PER_TASK, "isTerminated"));
  private static final @Nullable UnsafeField TIMER_OPEN =
      JdkLookup.field(TIMER_THREAD, "newTasksMayBeScheduled");
  private static final @Nullable UnsafeField LINKED_COUNT =
      JdkLookup.field(LinkedBlockingQueue.class, "count");
  private static final @Nullable UnsafeField LINKED_CAPACITY =
      JdkLookup.field(LinkedBlockingQueue.class, "capacity");
  private static final @Nullable UnsafeField ARRAY_SIZE =
      JdkLookup.field(ArrayBlockingQueue.class, "count");
  private static final @Nullable UnsafeField PRIORITY_SIZE =
      JdkLookup.field(PriorityBlockingQueue.class, "size");
  private static final @Nullable UnsafeField DEQUE_SIZE =
      JdkLookup.field(LinkedBlockingDeque.class, "count");
  private static final @Nullable UnsafeField DELAY_SIZE = JdkLookup.field(DELAY_QUEUE, "size");

  private ExecutorBooks() {}

  /** Whether it takes no more tasks; for a timer, whether it was cancelled. False when that cannot be read. */
  static boolean isShutDown(Object executor) {
    return switch (ExecutorKind.of(executor)) {
      case THREAD_POOL, SCHEDULED_POOL -> is(POOL_SHUTDOWN, executor);
      case FORK_JOIN_POOL -> is(FORK_JOIN_SHUTDOWN, executor);
      case THREAD_PER_TASK -> is(PER_TASK_SHUTDOWN, executor);
      case TIMER -> isCancelled(executor);
    };
  }

  /** Whether it is shut down and all its threads have ended. */
  static boolean isTerminated(Object executor) {
    return switch (ExecutorKind.of(executor)) {
      case THREAD_POOL, SCHEDULED_POOL -> is(POOL_TERMINATED, executor);
      case FORK_JOIN_POOL -> is(FORK_JOIN_TERMINATED, executor);
      case THREAD_PER_TASK -> is(PER_TASK_TERMINATED, executor);
      case TIMER -> {
        Thread thread = TimerBooks.threadOf(executor);
        yield thread != null && !thread.isAlive();
      }
    };
  }

  /** Whether it makes a thread for each task that finds none idle, without limit. */
  static boolean isUnbounded(Object executor) {
    return switch (ExecutorKind.of(executor)) {
      case THREAD_POOL -> JdkLookup.readInt(POOL_MAXIMUM, executor, 0) == Integer.MAX_VALUE;
      case THREAD_PER_TASK -> true;
      // A scheduled pool's maximum says nothing: its queue is never full, so it never grows beyond
      // its core.
      case SCHEDULED_POOL, FORK_JOIN_POOL, TIMER -> false;
    };
  }

  /** After what time its last idle thread ends by itself; {@code null} when its threads stay until it is shut down. */
  static @Nullable Duration idleTimeout(Object executor) {
    switch (ExecutorKind.of(executor)) {
      case THREAD_POOL, SCHEDULED_POOL -> {
        boolean allEnd = JdkLookup.readBoolean(POOL_CORE_TIMES_OUT, executor, false)
            || JdkLookup.readInt(POOL_CORE, executor, 1) == 0;
        return allEnd && POOL_KEEP_ALIVE != null
            ? Duration.ofNanos(JdkLookup.readLong(POOL_KEEP_ALIVE, executor, 0))
            : null;
      }
      default -> {
        return null;
      }
    }
  }

  /** Tasks in its queue; 0 when that cannot be read without a lock. */
  static long queued(Object executor) {
    if (executor instanceof ThreadPoolExecutor) {
      Object queue = JdkLookup.read(POOL_QUEUE, executor);
      return queue == null ? 0 : size(queue);
    }
    if (ExecutorKind.of(executor) == ExecutorKind.TIMER) {
      return TimerBooks.queued(executor);
    }
    return executor instanceof ForkJoinPool pool && pool.getClass() == ForkJoinPool.class
        ? pool.getQueuedSubmissionCount() + pool.getQueuedTaskCount()
        : 0;
  }

  /** Tasks in a scheduled pool's queue whose time has come. */
  static long due(Object scheduledPool) {
    Object queue = JdkLookup.read(POOL_QUEUE, scheduledPool);
    return queue == null ? 0 : DueTasks.in(queue, System.nanoTime());
  }

  /** What is in a scheduled pool's queue, as it was at about this moment; 10,000 tasks at the most. */
  static List<Object> scheduledIn(Object scheduledPool) {
    Object queue = JdkLookup.read(POOL_QUEUE, scheduledPool);
    return queue == null ? List.of() : DueTasks.allIn(queue);
  }

  /** How many threads it may have; {@link Integer#MAX_VALUE} when there is no limit, or none is known. */
  static int maximumThreads(Object executor) {
    return switch (ExecutorKind.of(executor)) {
      case THREAD_POOL -> {
        // With a queue that is never full a pool does not grow beyond its core.
        Object queue = JdkLookup.read(POOL_QUEUE, executor);
        boolean isNeverFull = queue != null
            && queue.getClass() == LinkedBlockingQueue.class
            && JdkLookup.readInt(LINKED_CAPACITY, queue, 0) == Integer.MAX_VALUE;
        UnsafeField limit = isNeverFull ? POOL_CORE : POOL_MAXIMUM;
        yield Math.max(JdkLookup.readInt(limit, executor, Integer.MAX_VALUE), 1);
      }
      case SCHEDULED_POOL -> Math.max(JdkLookup.readInt(POOL_CORE, executor, Integer.MAX_VALUE), 1);
      // It may make some more in place of those that wait in it for others.
      case FORK_JOIN_POOL ->
        JdkLookup.call(FORK_JOIN_PARALLELISM, executor) instanceof Integer n
            ? Math.max(n, 1)
            : Integer.MAX_VALUE;
      case THREAD_PER_TASK -> Integer.MAX_VALUE;
      case TIMER -> 1;
    };
  }

  /** Whether a thread pool's worker runs a task right now: it holds its own lock then. */
  static boolean isRunningTask(Object worker) {
    return JdkLookup.readInt(WORKER_STATE, worker, 0) > 0;
  }

  /** How many tasks a thread pool's worker has run to their ends; it counts them itself. */
  static long completedTasks(Object worker) {
    return JdkLookup.readLong(WORKER_COMPLETED, worker, 0);
  }

  /** How many tasks the workers of a thread pool had run to their ends that have ended since; 0 for other kinds. */
  static long completedByEndedWorkers(Object executor) {
    return executor instanceof ThreadPoolExecutor
        ? JdkLookup.readLong(POOL_COMPLETED, executor, 0)
        : 0;
  }

  private static boolean isCancelled(Object timer) {
    Thread thread = TimerBooks.threadOf(timer);
    return thread != null
        && !JdkLookup.readBoolean(TIMER_OPEN, thread, true)
        // A timer that was dropped takes no new tasks either, but has those that come back for
        // ever.
        && TimerBooks.queued(thread) == 0;
  }

  /** The JDK's own books also in a subclass, whatever that overrides. */
  private static int size(Object queue) {
    if (queue instanceof LinkedBlockingQueue) {
      return JdkLookup.read(LINKED_COUNT, queue) instanceof AtomicInteger n ? n.get() : 0;
    }
    if (queue instanceof ArrayBlockingQueue) {
      return JdkLookup.readInt(ARRAY_SIZE, queue, 0);
    }
    if (queue instanceof PriorityBlockingQueue) {
      return JdkLookup.readInt(PRIORITY_SIZE, queue, 0);
    }
    if (queue instanceof LinkedBlockingDeque) {
      return JdkLookup.readInt(DEQUE_SIZE, queue, 0);
    }
    return queue.getClass() == DELAY_QUEUE ? JdkLookup.readInt(DELAY_SIZE, queue, 0) : 0;
  }

  private static boolean is(@Nullable MethodHandle flag, Object from) {
    return Boolean.TRUE.equals(JdkLookup.call(flag, from));
  }
}
