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

/** Looks into tasks, without running any of their code: what is inside a wrapper, and which executor a thread is of. */
final class Tasks {
  private static final String POOLS = "java.util.concurrent.";

  private static final @Nullable Class<?> WORKER =
      JdkLookup.find(POOLS + "ThreadPoolExecutor$Worker");
  private static final @Nullable Class<?> RUNNER =
      JdkLookup.find(POOLS + "ThreadPerTaskExecutor$TaskRunner");
  private static final @Nullable Class<?> BOUND =
      JdkLookup.find(POOLS + "ThreadPerTaskExecutor$ThreadBoundFuture");
  /** What a structured scope forks; up to JDK 24 a class inside the scope's own. */
  private static final @Nullable Class<?> SUBTASK = firstOf(
      JdkLookup.find(POOLS + "StructuredTaskScopeImpl$SubtaskImpl"),
      JdkLookup.find(POOLS + "StructuredTaskScope$SubtaskImpl"));

  private static final @Nullable Class<?> ADAPTER =
      JdkLookup.find(POOLS + "Executors$RunnableAdapter");

  private static final @Nullable MethodHandle WORKER_POOL =
      JdkLookup.object(JdkLookup.getter(WORKER, "this$0"));
  private static final @Nullable MethodHandle RUNNER_EXECUTOR =
      JdkLookup.object(JdkLookup.getter(RUNNER, "executor"));
  private static final @Nullable MethodHandle RUNNER_TASK =
      JdkLookup.object(JdkLookup.getter(RUNNER, "task"));
  private static final @Nullable MethodHandle BOUND_EXECUTOR =
      JdkLookup.object(JdkLookup.getter(BOUND, "executor"));
  /** A {@code FutureTask} on newer JDKs; on JDK 21 it keeps its task itself. */
  private static final @Nullable MethodHandle BOUND_TASK =
      JdkLookup.object(JdkLookup.getter(BOUND, "task"));

  private static final @Nullable MethodHandle SUBTASK_TASK =
      JdkLookup.object(JdkLookup.getter(SUBTASK, "task"));
  private static final @Nullable MethodHandle ADAPTER_TASK =
      JdkLookup.object(JdkLookup.getter(ADAPTER, "task"));
  private static final @Nullable MethodHandle FUTURE_CALLABLE =
      JdkLookup.object(JdkLookup.getter(FutureTask.class, "callable"));
  private static final @Nullable MethodHandle FORK_JOIN_POOL =
      JdkLookup.object(JdkLookup.getter(ForkJoinWorkerThread.class, "pool"));

  /** How deep wrappers are nested at the most: a thread factory that wraps a worker, twice over. */
  private static final int MAX_DEPTH = 4;

  /** The fields of a class that may hold a wrapped task, made accessible. Lives and goes with the class. */
  private static final ClassValue<List<MethodHandle>> TASK_FIELDS = new ClassValue<>() {
    @Override
    protected List<MethodHandle> computeValue(Class<?> type) {
      return taskFields(type);
    }
  };

  private Tasks() {}

  /** Reads, in vain, what only tasks of a newer JDK have: those handles as well must have been called before a hook does. */
  static void rehearse() {
    Object noSuchTask = Tasks.class;
    JdkLookup.read(RUNNER_TASK, noSuchTask);
    JdkLookup.read(BOUND_TASK, noSuchTask);
    JdkLookup.read(SUBTASK_TASK, noSuchTask);
  }

  /** By what class a thread is accounted: that of its innermost task, else its own. Called by hooks. */
  static OriginClass originOf(Thread thread, @Nullable Runnable task) {
    return OriginClass.of(task == null ? thread.getClass() : unwrapped(task).getClass());
  }

  /** By what class a task is accounted: that of the innermost one in it. Called by hooks. */
  static OriginClass originOf(Object task) {
    return OriginClass.of(unwrapped(task).getClass());
  }

  /**
   * The object of an executor that runs inside a thread's task: a thread pool's worker, a thread-per-task executor's
   * runner; {@code null} when there is none. Walks wrappers by their fields, so not for hooks.
   */
  static @Nullable Object runnerIn(@Nullable Runnable task) {
    return task == null ? null : runnerIn(task, MAX_DEPTH);
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
        type == WORKER ? WORKER_POOL : type == RUNNER ? RUNNER_EXECUTOR : BOUND_EXECUTOR, runner);
  }

  /** Whether it is a worker of a thread pool. */
  static boolean isWorker(@Nullable Object runner) {
    return runner != null && runner.getClass() == WORKER;
  }

  private static Object unwrapped(Object task) {
    Object current = task;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Object inner = null;
      if (current.getClass() == RUNNER) {
        inner = JdkLookup.read(RUNNER_TASK, current);
      } else if (current.getClass() == BOUND && BOUND_TASK != null) {
        inner = JdkLookup.read(BOUND_TASK, current);
      } else if (current.getClass() == SUBTASK) {
        inner = JdkLookup.read(SUBTASK_TASK, current);
      } else if (current instanceof FutureTask) {
        inner = JdkLookup.read(FUTURE_CALLABLE, current);
      } else if (current.getClass() == ADAPTER) {
        inner = JdkLookup.read(ADAPTER_TASK, current);
      }
      if (inner == null) {
        return current;
      }
      current = inner;
    }
    return current;
  }

  private static @Nullable Object runnerIn(Object task, int depth) {
    Class<?> type = task.getClass();
    if (type == WORKER || type == RUNNER || type == BOUND) {
      return task;
    }
    if (depth > 0) {
      for (MethodHandle field : TASK_FIELDS.get(type)) {
        Object inner = JdkLookup.read(field, task);
        Object runner = inner == null ? null : runnerIn(inner, depth - 1);
        if (runner != null) {
          return runner;
        }
      }
    }
    return null;
  }

  private static @Nullable Class<?> firstOf(@Nullable Class<?> first, @Nullable Class<?> second) {
    return first != null ? first : second;
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
