package io.leakwatch.instrument;

import java.util.List;

/**
 * One woven method.
 *
 * @param className internal name of the JDK class
 * @param method its name
 * @param descriptor its descriptor; {@link #ANY} for all of that name, of constructors those that do not delegate to another
 * @param where at which point of the method
 * @param hookClass internal name of the class of the bridge that has the hook
 * @param hook the static method of it that is called
 * @param arguments what it is called with
 * @param since the first JDK feature version that has the method; on older ones its absence is no defect
 * @param until the last one that has it
 */
record HookPoint(
    String className,
    String method,
    String descriptor,
    Where where,
    String hookClass,
    String hook,
    Arguments arguments,
    int since,
    int until) {
  static final String ANY = "*";

  private static final String BRIDGE = "io/leakwatch/bootstrap/";

  private static final int OLDEST = 17;

  /** Refuses what {@link HookedMethod} does not write: a frame with an object whose constructor has not run yet. */
  HookPoint {
    if (method.equals("<init>") && where != Where.RETURN) {
      throw new IllegalArgumentException(
          "a constructor can be hooked at its end only: " + className);
    }
  }

  /** A point that every JDK has; see {@link #since(int)} and {@link #until(int)}. */
  static HookPoint at(
      String className,
      String method,
      String descriptor,
      Where where,
      String hook,
      Arguments arguments) {
    return new HookPoint(
        className,
        method,
        descriptor,
        where,
        BRIDGE + "Hooks",
        hook,
        arguments,
        OLDEST,
        Integer.MAX_VALUE);
  }

  /** The same with a hook of {@code ScopeHooks}. */
  HookPoint ofScopes() {
    return new HookPoint(
        className, method, descriptor, where, BRIDGE + "ScopeHooks", hook, arguments, since, until);
  }

  HookPoint since(int feature) {
    return new HookPoint(
        className, method, descriptor, where, hookClass, hook, arguments, feature, until);
  }

  HookPoint until(int feature) {
    return new HookPoint(
        className, method, descriptor, where, hookClass, hook, arguments, since, feature);
  }

  /** Whether a JDK of this feature version has the method. */
  boolean isIn(int feature) {
    return since <= feature && feature <= until;
  }

  /** Where in the method the call is woven. */
  enum Where {
    /** Before the first instruction; what the call throws is dropped right there, a stack overflow included. */
    ENTER,
    /** Before each return. */
    RETURN,
    /** When an exception leaves the method, which is thrown on. */
    THROW
  }

  /** What the hook is given. */
  enum Arguments {
    /** {@code this} as a thread. */
    THREAD("(Ljava/lang/Thread;)V"),
    /** {@code this} as a thread, and the method's last argument, its task. */
    THREAD_AND_TASK("(Ljava/lang/Thread;Ljava/lang/Runnable;)V"),
    /** The same; what the hook returns, an object or {@code null}, is kept until the method ends. */
    THREAD_AND_TASK_TO_KEEP("(Ljava/lang/Thread;Ljava/lang/Runnable;)Ljava/lang/Object;"),
    /** {@code this} as a thread, and what was kept; {@code null} when that hook failed. */
    THREAD_AND_KEPT("(Ljava/lang/Thread;Ljava/lang/Object;)V"),
    /** {@code this}. */
    EXECUTOR("(Ljava/lang/Object;)V"),
    /** {@code this}; what the hook returns, an object or {@code null}, is kept until the method ends. */
    RECEIVER_TO_KEEP("(Ljava/lang/Object;)Ljava/lang/Object;"),
    /** {@code this}, and what was kept; {@code null} when that hook failed. */
    RECEIVER_AND_KEPT("(Ljava/lang/Object;Ljava/lang/Object;)V"),
    /** {@code this}, and the object that the method returns. */
    RECEIVER_AND_RESULT("(Ljava/lang/Object;Ljava/lang/Object;)V"),
    /** {@code this}, and the method's last argument, what it has thrown. */
    TASK_AND_FAILURE("(Ljava/lang/Object;Ljava/lang/Throwable;)V"),
    /** {@code this} as a thread, and the method's last argument, what it has thrown. */
    THREAD_AND_FAILURE("(Ljava/lang/Thread;Ljava/lang/Throwable;)V"),
    /** {@code this}, and the method's last argument, a task. */
    RECEIVER_AND_TASK("(Ljava/lang/Object;Ljava/lang/Object;)V"),
    /** {@code this}, and the method's first argument, a task. */
    RECEIVER_AND_FIRST("(Ljava/lang/Object;Ljava/lang/Object;)V"),
    /** {@code this}, and the method's last argument, yes or no. */
    EXECUTOR_AND_FLAG("(Ljava/lang/Object;Z)V");

    private final String hookDescriptor;

    Arguments(String hookDescriptor) {
      this.hookDescriptor = hookDescriptor;
    }

    String hookDescriptor() {
      return hookDescriptor;
    }

    /** Whether the method's last parameter, an object, is among them. */
    boolean haveLastParameter() {
      return this == THREAD_AND_TASK
          || this == THREAD_AND_TASK_TO_KEEP
          || this == TASK_AND_FAILURE
          || this == THREAD_AND_FAILURE
          || this == RECEIVER_AND_TASK;
    }
  }

  /** Whether the method needs a local variable of ours. */
  boolean keeps() {
    return arguments == Arguments.THREAD_AND_TASK_TO_KEEP
        || arguments == Arguments.RECEIVER_TO_KEEP;
  }

  /** Whether any of {@code points} is there. */
  static boolean anyIs(Where where, List<HookPoint> points) {
    for (HookPoint point : points) {
      if (point.where == where) {
        return true;
      }
    }
    return false;
  }

  /** Whether any of {@code points} needs a local variable of ours. */
  static boolean anyKeeps(List<HookPoint> points) {
    for (HookPoint point : points) {
      if (point.keeps()) {
        return true;
      }
    }
    return false;
  }

  /** As a log line names it: {@code java.lang.Thread.start}. */
  String describe() {
    return className.replace('/', '.') + "." + method;
  }
}
