package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
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
  private static final @Nullable MethodHandle POOL_CORE =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "corePoolSize"));
  private static final @Nullable MethodHandle POOL_MAXIMUM =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "maximumPoolSize"));
  private static final @Nullable MethodHandle POOL_KEEP_ALIVE =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "keepAliveTime"));
  private static final @Nullable MethodHandle POOL_CORE_TIMES_OUT =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "allowCoreThreadTimeOut"));
  private static final @Nullable MethodHandle POOL_COMPLETED =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "completedTaskCount"));
  private static final @Nullable MethodHandle POOL_QUEUE =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "workQueue"));
  private static final @Nullable MethodHandle WORKER_STATE =
      JdkLookup.object(JdkLookup.getter(AbstractQueuedSynchronizer.class, "state"));
  private static final @Nullable MethodHandle WORKER_COMPLETED = JdkLookup.object(JdkLookup.getter(
      JdkLookup.find("java.util.concurrent.ThreadPoolExecutor$Worker"), "completedTasks"));
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
  private static final @Nullable MethodHandle TIMER_ITS_THREAD =
      JdkLookup.object(JdkLookup.getter(Timer.class, "thread"));
  private static final @Nullable MethodHandle TIMER_OPEN =
      JdkLookup.object(JdkLookup.getter(TIMER_THREAD, "newTasksMayBeScheduled"));
  private static final @Nullable MethodHandle LINKED_SIZE =
      JdkLookup.object(JdkLookup.own(LinkedBlockingQueue.class, "size"));
  private static final @Nullable MethodHandle LINKED_CAPACITY =
      JdkLookup.object(JdkLookup.getter(LinkedBlockingQueue.class, "capacity"));
  private static final @Nullable MethodHandle ARRAY_SIZE =
      JdkLookup.object(JdkLookup.getter(ArrayBlockingQueue.class, "count"));
  private static final @Nullable MethodHandle PRIORITY_SIZE =
      JdkLookup.object(JdkLookup.getter(PriorityBlockingQueue.class, "size"));
  private static final @Nullable MethodHandle DEQUE_SIZE =
      JdkLookup.object(JdkLookup.getter(LinkedBlockingDeque.class, "count"));
  private static final @Nullable MethodHandle DELAY_SIZE =
      JdkLookup.object(JdkLookup.getter(DELAY_QUEUE, "size"));

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
        Thread thread = timerThread(executor);
        yield thread != null && !thread.isAlive();
      }
    };
  }

  /** Whether it makes a thread for each task that finds none idle, without limit. */
  static boolean isUnbounded(Object executor) {
    return switch (ExecutorKind.of(executor)) {
      case THREAD_POOL ->
        JdkLookup.read(POOL_MAXIMUM, executor) instanceof Integer max && max == Integer.MAX_VALUE;
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
        boolean allEnd = is(POOL_CORE_TIMES_OUT, executor)
            || (JdkLookup.read(POOL_CORE, executor) instanceof Integer core && core == 0);
        return allEnd && JdkLookup.read(POOL_KEEP_ALIVE, executor) instanceof Long nanos
            ? Duration.ofNanos(nanos)
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
      MethodHandle size = queue == null ? null : sizeOf(queue);
      return size != null && queue != null && JdkLookup.read(size, queue) instanceof Integer n
          ? n
          : 0;
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
            && Integer.valueOf(Integer.MAX_VALUE).equals(JdkLookup.read(LINKED_CAPACITY, queue));
        Object limit = JdkLookup.read(isNeverFull ? POOL_CORE : POOL_MAXIMUM, executor);
        yield limit instanceof Integer n ? Math.max(n, 1) : Integer.MAX_VALUE;
      }
      case SCHEDULED_POOL ->
        JdkLookup.read(POOL_CORE, executor) instanceof Integer n
            ? Math.max(n, 1)
            : Integer.MAX_VALUE;
      // It may make some more in place of those that wait in it for others.
      case FORK_JOIN_POOL ->
        JdkLookup.read(FORK_JOIN_PARALLELISM, executor) instanceof Integer n
            ? Math.max(n, 1)
            : Integer.MAX_VALUE;
      case THREAD_PER_TASK -> Integer.MAX_VALUE;
      case TIMER -> 1;
    };
  }

  /** Whether a thread pool's worker runs a task right now: it holds its own lock then. */
  static boolean isRunningTask(Object worker) {
    return JdkLookup.read(WORKER_STATE, worker) instanceof Integer state && state > 0;
  }

  /** How many tasks a thread pool's worker has run to their ends; it counts them itself. */
  static long completedTasks(Object worker) {
    return JdkLookup.read(WORKER_COMPLETED, worker) instanceof Long n ? n : 0;
  }

  /** How many tasks the workers of a thread pool had run to their ends that have ended since; 0 for other kinds. */
  static long completedByEndedWorkers(Object executor) {
    return executor instanceof ThreadPoolExecutor
            && JdkLookup.read(POOL_COMPLETED, executor) instanceof Long n
        ? n
        : 0;
  }

  /**
   * What stands for an executor in the account: for a timer its thread, which goes on with what it has when nobody has the
   * timer any more; else itself. Called by hooks.
   */
  static Object identity(Object executor) {
    Thread thread = executor instanceof Timer ? timerThread(executor) : null;
    return thread == null ? executor : thread;
  }

  /** The thread of a timer. */
  static @Nullable Thread timerThread(Object timer) {
    if (TimerBooks.isThread(timer)) {
      return (Thread) timer;
    }
    return JdkLookup.read(TIMER_ITS_THREAD, timer) instanceof Thread thread ? thread : null;
  }

  private static boolean isCancelled(Object timer) {
    Thread thread = timerThread(timer);
    return thread != null
        && Boolean.FALSE.equals(JdkLookup.read(TIMER_OPEN, thread))
        // A timer that was dropped takes no new tasks either, but has those that come back for
        // ever.
        && TimerBooks.queued(thread) == 0;
  }

  /** The JDK's own books also in a subclass, whatever that overrides. */
  private static @Nullable MethodHandle sizeOf(Object queue) {
    if (queue instanceof LinkedBlockingQueue) {
      return LINKED_SIZE;
    }
    if (queue instanceof ArrayBlockingQueue) {
      return ARRAY_SIZE;
    }
    if (queue instanceof PriorityBlockingQueue) {
      return PRIORITY_SIZE;
    }
    if (queue instanceof LinkedBlockingDeque) {
      return DEQUE_SIZE;
    }
    return queue.getClass() == DELAY_QUEUE ? DELAY_SIZE : null;
  }

  private static boolean is(@Nullable MethodHandle flag, Object from) {
    return Boolean.TRUE.equals(JdkLookup.read(flag, from));
  }
}
