package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Finds what runs tasks: the executor that a thread works for, and the object inside of the thread's own task that does the
 * work for it. Runs none of the application's code.
 */
final class Runners {
  private static final String POOLS = "java.util.concurrent.";

  /** A thread pool's worker. */
  private static final @Nullable Class<?> OF_POOL =
      JdkLookup.find(POOLS + "ThreadPoolExecutor$Worker");

  /** What a thread-per-task executor puts around a task that it is to execute. */
  static final @Nullable Class<?> OF_EXECUTE =
      JdkLookup.find(POOLS + "ThreadPerTaskExecutor$TaskRunner");

  /** The future that it makes of one that is submitted. */
  static final @Nullable Class<?> OF_SUBMIT =
      JdkLookup.find(POOLS + "ThreadPerTaskExecutor$ThreadBoundFuture");

  private static final @Nullable Class<?> DELAY_SCHEDULER =
      JdkLookup.find(POOLS + "DelayScheduler");

  private static final @Nullable UnsafeField WORKER_POOL = JdkLookup.field(OF_POOL, "this$0");
  private static final @Nullable UnsafeField RUNNER_EXECUTOR =
      JdkLookup.field(OF_EXECUTE, "executor");
  private static final @Nullable UnsafeField BOUND_EXECUTOR =
      JdkLookup.field(OF_SUBMIT, "executor");
  private static final @Nullable UnsafeField DELAY_POOL = JdkLookup.field(DELAY_SCHEDULER, "pool");
  private static final @Nullable UnsafeField FUTURE_RUNNER =
      JdkLookup.field(FutureTask.class, "runner");
  static final @Nullable UnsafeField FORK_JOIN_POOL =
      JdkLookup.field(ForkJoinWorkerThread.class, "pool");

  /** The fields of a class that may hold a wrapped task, made accessible. Lives and goes with the class. */
  private static final ClassValue<List<MethodHandle>> TASK_FIELDS = new ClassValue<>() {
    @Override
    protected List<MethodHandle> computeValue(Class<?> type) {
      return taskFields(type);
    }
  };

  private Runners() {}

  /**
   * The object of an executor that runs inside a thread's task: a thread pool's worker, a thread-per-task executor's
   * runner; {@code null} when there is none. Walks wrappers by their fields, so not for hooks.
   */
  static @Nullable Object runnerIn(@Nullable Runnable task) {
    return task == null ? null : runnerIn(task, Tasks.MAX_DEPTH);
  }

  /**
   * The thread pool, fork-join pool or thread-per-task executor that a thread belongs to; {@code null} when it is none's.
   *
   * @param runner what {@link #runnerIn(Runnable)} finds in its task
   */
  static @Nullable Object executorOf(Thread thread, @Nullable Object runner) {
    if (thread instanceof ForkJoinWorkerThread) {
      return JdkLookup.read(FORK_JOIN_POOL, thread);
    }
    if (runner == null) {
      return null;
    }
    Class<?> type = runner.getClass();
    return JdkLookup.read(
        type == OF_POOL ? WORKER_POOL : type == OF_EXECUTE ? RUNNER_EXECUTOR : BOUND_EXECUTOR,
        runner);
  }

  /**
   * The executor that a thread works for, as far as that is told by two reads: not through what a thread factory has put
   * around a worker. Called by hooks.
   */
  static @Nullable Object executorOf(Thread thread) {
    if (thread instanceof ForkJoinWorkerThread) {
      return JdkLookup.read(FORK_JOIN_POOL, thread);
    }
    Object task = taskOf(thread);
    return isWorker(task) || isOfThreadPerTask(task) ? executorOf(thread, task) : null;
  }

  /** What a thread of either kind was given to run. Called by hooks. */
  static @Nullable Object taskOf(Thread thread) {
    return VirtualThreads.isVirtual(thread)
        ? VirtualThreads.task(thread)
        : PlatformThreads.task(thread);
  }

  /** Whether a thread runs one task of a thread-per-task executor. */
  static boolean isOfThreadPerTask(@Nullable Object runner) {
    return runner != null && (runner.getClass() == OF_EXECUTE || runner.getClass() == OF_SUBMIT);
  }

  /** The thread that runs a future; {@code null} when none does. */
  static @Nullable Thread runnerOf(FutureTask<?> future) {
    return (Thread) JdkLookup.read(FUTURE_RUNNER, future);
  }

  /** The task that a thread-per-task executor made, what it is of; {@code null} when it is not of one. */
  static @Nullable Object executorOfBound(Object task) {
    return task.getClass() == OF_SUBMIT ? JdkLookup.read(BOUND_EXECUTOR, task) : null;
  }

  /** Whether it is the thread by which a fork-join pool hands tasks on when they are due (JDK 25 and later). */
  static boolean isDelayScheduler(Thread thread) {
    return thread.getClass() == DELAY_SCHEDULER;
  }

  /** The fork-join pool of such a thread. */
  static @Nullable Object poolOfDelayScheduler(Thread thread) {
    return JdkLookup.read(DELAY_POOL, thread);
  }

  /** Whether it is a worker of a thread pool. */
  static boolean isWorker(@Nullable Object runner) {
    return runner != null && runner.getClass() == OF_POOL;
  }

  private static @Nullable Object runnerIn(Object task, int depth) {
    Class<?> type = task.getClass();
    if (type == OF_POOL || type == OF_EXECUTE || type == OF_SUBMIT) {
      return task;
    }
    if (depth > 0) {
      for (MethodHandle field : TASK_FIELDS.get(type)) {
        Object inner = JdkLookup.call(field, task);
        Object runner = inner == null ? null : runnerIn(inner, depth - 1);
        if (runner != null) {
          return runner;
        }
      }
    }
    return null;
  }

  private static List<MethodHandle> taskFields(Class<?> type) {
    List<MethodHandle> found = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      try {
        for (Field field : c.getDeclaredFields()) {
          Class<?> held = field.getType();
          if (!Modifier.isStatic(field.getModifiers())
              && (Runnable.class.isAssignableFrom(held) || Callable.class.isAssignableFrom(held))
              && !Thread.class.isAssignableFrom(held)
              && field.trySetAccessible()) {
            found.add(JdkLookup.object(MethodHandles.lookup().unreflectGetter(field)));
          }
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // A class whose fields cannot be looked at hides its executor; it is then adopted through
        // no other thread.
        return List.copyOf(found);
      }
    }
    return List.copyOf(found);
  }
}
