package io.leakwatch.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Looks into tasks, without running any of their code, for what the JDK has put around them. */
final class Tasks {
  private static final String POOLS = "java.util.concurrent.";

  /** What a structured scope forks; up to JDK 24 a class inside the scope's own. */
  private static final @Nullable Class<?> SUBTASK = firstOf(
      JdkLookup.find(POOLS + "StructuredTaskScopeImpl$SubtaskImpl"),
      JdkLookup.find(POOLS + "StructuredTaskScope$SubtaskImpl"));

  private static final @Nullable Class<?> ADAPTER =
      JdkLookup.find(POOLS + "Executors$RunnableAdapter");

  private static final @Nullable UnsafeField RUNNER_TASK =
      JdkLookup.field(Runners.OF_EXECUTE, "task");
  private static final @Nullable UnsafeField ADAPTER_TASK = JdkLookup.field(ADAPTER, "task");
  private static final @Nullable UnsafeField FUTURE_CALLABLE =
      JdkLookup.field(FutureTask.class, "callable");

  /** The fields in which the JDK keeps the task that it has put something around, but for those that are met most. */
  private static final Map<Class<?>, UnsafeField> INNER = innerTasks();

  /** How deep wrappers are nested at the most: a thread factory that wraps a worker, twice over. */
  static final int MAX_DEPTH = 4;

  private Tasks() {}

  /** By what class a thread is accounted: that of its innermost task, else its own. Called by hooks. */
  static OriginClass originOf(Thread thread, @Nullable Runnable task) {
    return task == null ? OriginClass.of(thread.getClass()) : originOf(task);
  }

  /** By what class a task is accounted: that of the innermost one in it. Called by hooks. */
  static OriginClass originOf(Object task) {
    Object current = task;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Object inner = innerOfCommon(current);
      if (inner == null) {
        OriginClass origin = OriginClass.of(current.getClass());
        inner = origin.wrapper() == Wrapper.STAGE ? null : innerOfOther(current, origin);
        if (inner == null) {
          return origin;
        }
      }
      current = inner;
    }
    return OriginClass.of(current.getClass());
  }

  /** What is inside of what the JDK puts around tasks most; it may be another wrapper. Called by hooks. */
  static Object withoutCommon(Object task) {
    Object current = task;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Object inner = innerOfCommon(current);
      if (inner == null) {
        return current;
      }
      current = inner;
    }
    return current;
  }

  /** The innermost of tasks that are put around each other. */
  static Object innermost(Object task) {
    Object current = task;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Object inner = innerOfCommon(current);
      if (inner == null) {
        inner = innerOfOther(current, OriginClass.of(current.getClass()));
      }
      if (inner == null) {
        return current;
      }
      current = inner;
    }
    return current;
  }

  /** How to read what is inside a task of some class; {@code null} when that is no wrapper of the JDK's, or a common one. */
  static @Nullable UnsafeField innerOf(Class<?> type) {
    return INNER.get(type);
  }

  /** Which wrapper of the JDK's the tasks of a class are. */
  static Wrapper wrapperOf(Class<?> type) {
    if (FutureTask.class.isAssignableFrom(type)) {
      return Wrapper.FUTURE;
    }
    if (type == Stages.SUPPLIED || type == Stages.RUN) {
      return Wrapper.STAGE;
    }
    return type == ADAPTER || type == Runners.OF_EXECUTE || INNER.containsKey(type)
        ? Wrapper.OTHER
        : Wrapper.NONE;
  }

  /** What the JDK has put around a task. */
  enum Wrapper {
    NONE,
    FUTURE,
    /** Its constructor has told what is inside: hooks need not look. */
    STAGE,
    OTHER
  }

  /**
   * Of those that are met most, which go by their exact class: compiled code compares it without looking at the class, which among
   * thousands of classes is a wait for memory.
   */
  private static @Nullable Object innerOfCommon(Object task) {
    Class<?> type = task.getClass();
    if (type == FutureTask.class || type == ScheduledTasks.TASK) {
      return JdkLookup.read(FUTURE_CALLABLE, task);
    }
    if (type == ADAPTER) {
      return JdkLookup.read(ADAPTER_TASK, task);
    }
    return type == Runners.OF_EXECUTE ? JdkLookup.read(RUNNER_TASK, task) : null;
  }

  private static @Nullable Object innerOfOther(Object task, OriginClass origin) {
    return origin.wrapper() == Wrapper.FUTURE
        ? JdkLookup.read(FUTURE_CALLABLE, task)
        : JdkLookup.read(origin.inner(), task);
  }

  private static @Nullable Class<?> firstOf(@Nullable Class<?> first, @Nullable Class<?> second) {
    return first != null ? first : second;
  }

  private static Map<Class<?>, UnsafeField> innerTasks() {
    Map<Class<?>, UnsafeField> found = new HashMap<>();
    // A FutureTask on newer JDKs; on JDK 21 it keeps its task itself.
    put(found, Runners.OF_SUBMIT, "task");
    put(found, SUBTASK, "task");
    put(found, Stages.SUPPLIED, "fn");
    put(found, Stages.RUN, "fn");
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
      Map<Class<?>, UnsafeField> found, @Nullable Class<?> wrapper, String field) {
    UnsafeField getter = JdkLookup.field(wrapper, field);
    if (wrapper != null && getter != null) {
      found.put(wrapper, getter);
    }
  }
}
