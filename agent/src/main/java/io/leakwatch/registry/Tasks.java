package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
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

  private static final @Nullable VarHandle WORKER_POOL = JdkLookup.field(WORKER, "this$0");
  private static final @Nullable VarHandle RUNNER_EXECUTOR = JdkLookup.field(RUNNER, "executor");
  private static final @Nullable VarHandle BOUND_EXECUTOR = JdkLookup.field(BOUND, "executor");
  private static final @Nullable Class<?> SUPPLIED =
      JdkLookup.find(POOLS + "CompletableFuture$AsyncSupply");
  private static final @Nullable Class<?> RUN =
      JdkLookup.find(POOLS + "CompletableFuture$AsyncRun");

  private static final @Nullable Class<?> STAGE =
      JdkLookup.find(POOLS + "CompletableFuture$UniCompletion");
  private static final @Nullable VarHandle STAGE_RESULT = JdkLookup.field(STAGE, "dep");

  private static final @Nullable Class<?> DELAY_SCHEDULER =
      JdkLookup.find(POOLS + "DelayScheduler");
  private static final @Nullable VarHandle DELAY_POOL = JdkLookup.field(DELAY_SCHEDULER, "pool");

  private static final @Nullable VarHandle RUNNER_TASK = JdkLookup.field(RUNNER, "task");
  private static final @Nullable VarHandle ADAPTER_TASK = JdkLookup.field(ADAPTER, "task");
  private static final @Nullable VarHandle FUTURE_CALLABLE =
      JdkLookup.field(FutureTask.class, "callable");
  private static final @Nullable VarHandle FUTURE_RUNNER =
      JdkLookup.field(FutureTask.class, "runner");
  static final @Nullable VarHandle FORK_JOIN_POOL =
      JdkLookup.field(ForkJoinWorkerThread.class, "pool");

  /** The fields in which the JDK keeps the task that it has put something around, but for those that are met most. */
  private static final Map<Class<?>, VarHandle> INNER = innerTasks();

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

  /** Reads, in vain, with each handle that hooks read with: all must have been called before a hook does. */
  static void rehearse() {
    Object noSuchTask = Tasks.class;
    for (VarHandle inner : INNER.values()) {
      JdkLookup.read(inner, noSuchTask);
    }
    JdkLookup.read(RUNNER_TASK, noSuchTask);
    JdkLookup.read(WORKER_POOL, noSuchTask);
    JdkLookup.read(DELAY_POOL, noSuchTask);
    JdkLookup.read(STAGE_RESULT, noSuchTask);
    JdkLookup.read(RUNNER_EXECUTOR, noSuchTask);
    JdkLookup.read(BOUND_EXECUTOR, noSuchTask);
    JdkLookup.read(FORK_JOIN_POOL, noSuchTask);
    JdkLookup.read(FUTURE_RUNNER, noSuchTask);
  }

  /** By what class a thread is accounted: that of its innermost task, else its own. Called by hooks. */
  static OriginClass originOf(Thread thread, @Nullable Runnable task) {
    return task == null ? OriginClass.of(thread.getClass()) : originOf(task);
  }

  /** By what class a task is accounted: that of the innermost one in it. Called by hooks. */
  static OriginClass originOf(Object task) {
    Object current = task;
    OriginClass origin = OriginClass.of(current.getClass());
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Object inner = origin.wrapper() == Wrapper.STAGE ? null : innerOf(current, origin);
      if (inner == null) {
        return origin;
      }
      current = inner;
      origin = OriginClass.of(current.getClass());
    }
    return origin;
  }

  /** The innermost of tasks that are put around each other. */
  static Object innermost(Object task) {
    Object current = task;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Object inner = innerOf(current, OriginClass.of(current.getClass()));
      if (inner == null) {
        return current;
      }
      current = inner;
    }
    return current;
  }

  /** How to read what is inside a task of some class; {@code null} when that is no wrapper of the JDK's, or a common one. */
  static @Nullable VarHandle innerOf(Class<?> type) {
    return INNER.get(type);
  }

  /** Which wrapper of the JDK's the tasks of a class are. */
  static Wrapper wrapperOf(Class<?> type) {
    if (FutureTask.class.isAssignableFrom(type)) {
      return Wrapper.FUTURE;
    }
    if (type == RUNNER) {
      return Wrapper.RUNNER;
    }
    if (type == SUPPLIED || type == RUN) {
      return Wrapper.STAGE;
    }
    return type == ADAPTER
        ? Wrapper.ADAPTER
        : INNER.containsKey(type) ? Wrapper.OTHER : Wrapper.NONE;
  }

  /** What the JDK has put around a task. */
  enum Wrapper {
    NONE,
    FUTURE,
    ADAPTER,
    RUNNER,
    /** Its constructor has told what is inside: hooks need not look. */
    STAGE,
    OTHER
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
    return runner != null && (runner.getClass() == RUNNER || runner.getClass() == BOUND);
  }

  /** The thread that runs a future; {@code null} when none does. */
  static @Nullable Thread runnerOf(FutureTask<?> future) {
    return (Thread) JdkLookup.read(FUTURE_RUNNER, future);
  }

  /** The task that a thread-per-task executor made, what it is of; {@code null} when it is not of one. */
  static @Nullable Object executorOfBound(Object task) {
    return task.getClass() == BOUND ? JdkLookup.read(BOUND_EXECUTOR, task) : null;
  }

  /** Whether it is the thread by which a fork-join pool hands tasks on when they are due (JDK 25 and later). */
  static boolean isDelayScheduler(Thread thread) {
    return thread.getClass() == DELAY_SCHEDULER;
  }

  /** The fork-join pool of such a thread. */
  static @Nullable Object poolOfDelayScheduler(Thread thread) {
    return JdkLookup.read(DELAY_POOL, thread);
  }

  /** Whether it is a stage of a {@code CompletableFuture} that runs as soon as somebody takes it. */
  static boolean isAsyncStage(Object task) {
    return task.getClass() == SUPPLIED || task.getClass() == RUN;
  }

  /** Whether it is a dependent stage that has run. Called by hooks. */
  static boolean isStageThatHasRun(Object task) {
    return STAGE != null
        && STAGE_RESULT != null
        && STAGE.isInstance(task)
        && JdkLookup.read(STAGE_RESULT, task) == null;
  }

  /** Whether it is a dependent stage that somebody has taken on: it was handed to an executor, or it runs. */
  static boolean isStageTakenOn(Object task) {
    return STAGE != null
        && STAGE.isInstance(task)
        && task instanceof ForkJoinTask<?> stage
        && stage.getForkJoinTaskTag() != 0;
  }

  /** Whether it is what a {@code CompletableFuture} hands to executors, and to those who complete it. */
  static boolean isStage(Object task) {
    return task instanceof CompletableFuture.AsynchronousCompletionTask;
  }

  /** Whether it is a worker of a thread pool. */
  static boolean isWorker(@Nullable Object runner) {
    return runner != null && runner.getClass() == WORKER;
  }

  private static @Nullable Object innerOf(Object task, OriginClass origin) {
    return switch (origin.wrapper()) {
      case NONE -> null;
      case FUTURE -> JdkLookup.read(FUTURE_CALLABLE, task);
      case ADAPTER -> JdkLookup.read(ADAPTER_TASK, task);
      case RUNNER -> JdkLookup.read(RUNNER_TASK, task);
      case STAGE, OTHER -> JdkLookup.read(origin.inner(), task);
    };
  }

  private static @Nullable Object runnerIn(Object task, int depth) {
    Class<?> type = task.getClass();
    if (type == WORKER || type == RUNNER || type == BOUND) {
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

  private static @Nullable Class<?> firstOf(@Nullable Class<?> first, @Nullable Class<?> second) {
    return first != null ? first : second;
  }

  private static Map<Class<?>, VarHandle> innerTasks() {
    Map<Class<?>, VarHandle> found = new HashMap<>();
    // A FutureTask on newer JDKs; on JDK 21 it keeps its task itself.
    put(found, BOUND, "task");
    put(found, SUBTASK, "task");
    put(found, SUPPLIED, "fn");
    put(found, RUN, "fn");
    for (String adapted : List.of(
        "AdaptedRunnable",
        "AdaptedRunnableAction",
        "AdaptedInterruptibleRunnable",
        "RunnableExecuteAction")) {
      put(found, JdkLookup.find(POOLS + "ForkJoinTask$" + adapted), "runnable");
    }
    for (String adapted : List.of("AdaptedCallable", "AdaptedInterruptibleCallable")) {
      put(found, JdkLookup.find(POOLS + "ForkJoinTask$" + adapted), "callable");
    }
    return Map.copyOf(found);
  }

  private static void put(
      Map<Class<?>, VarHandle> found, @Nullable Class<?> wrapper, String field) {
    VarHandle getter = JdkLookup.field(wrapper, field);
    if (wrapper != null && getter != null) {
      found.put(wrapper, getter);
    }
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
