package io.leakwatch.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** Looks into the stages of {@code CompletableFuture}s, without running any of their code. */
final class Stages {
  private static final String STAGES = "java.util.concurrent.CompletableFuture$";

  /** What {@code supplyAsync} makes of a task. */
  static final @Nullable Class<?> SUPPLIED = JdkLookup.find(STAGES + "AsyncSupply");

  /** What {@code runAsync} makes of a task. */
  static final @Nullable Class<?> RUN = JdkLookup.find(STAGES + "AsyncRun");

  private static final @Nullable Class<?> DEPENDENT = JdkLookup.find(STAGES + "UniCompletion");
  private static final @Nullable UnsafeField RESULT = JdkLookup.field(DEPENDENT, "dep");

  private Stages() {}

  /** Whether it is a stage of a {@code CompletableFuture} that runs as soon as somebody takes it. */
  static boolean isAsync(Object task) {
    return task.getClass() == SUPPLIED || task.getClass() == RUN;
  }

  /** Whether it is a dependent stage that has run. Called by hooks. */
  static boolean hasRun(Object task) {
    return DEPENDENT != null
        && RESULT != null
        && DEPENDENT.isInstance(task)
        && JdkLookup.read(RESULT, task) == null;
  }

  /** Whether it is a dependent stage that somebody has taken on: it was handed to an executor, or it runs. */
  static boolean isTakenOn(Object task) {
    return DEPENDENT != null
        && DEPENDENT.isInstance(task)
        && task instanceof ForkJoinTask<?> stage
        && stage.getForkJoinTaskTag() != 0;
  }

  /** Whether it is what a {@code CompletableFuture} hands to executors, and to those who complete it. */
  static boolean isOne(Object task) {
    return task instanceof CompletableFuture.AsynchronousCompletionTask;
  }
}
