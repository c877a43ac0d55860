package io.leakwatch.instrument;

import static io.leakwatch.instrument.HookPoint.ANY;
import static io.leakwatch.instrument.HookPoint.Arguments.EXECUTOR;
import static io.leakwatch.instrument.HookPoint.Arguments.TASK_AND_FAILURE;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD_AND_TASK;
import static io.leakwatch.instrument.HookPoint.Where.ENTER;
import static io.leakwatch.instrument.HookPoint.Where.RETURN;
import static io.leakwatch.instrument.HookPoint.Where.THROW;

import java.util.List;

/** Every JDK method that is woven, in one place. Nothing else about the JDK's code is changed. */
final class HookTable {
  private static final String POOLS = "java/util/concurrent/";
  private static final String CONTAINER_START = "(Ljdk/internal/vm/ThreadContainer;)V";

  static final List<HookPoint> POINTS = List.of(
      // Before, not after, the start: an exit hook would race the new thread's own end. Undone when
      // the start throws.
      new HookPoint("java/lang/Thread", "start", "()V", ENTER, "threadStarting", THREAD, 17),
      new HookPoint("java/lang/Thread", "start", "()V", THROW, "threadStartFailed", THREAD, 17),
      // What newThreadPerTaskExecutor and structured scopes call.
      new HookPoint(
          "java/lang/Thread", "start", CONTAINER_START, ENTER, "threadStarting", THREAD, 21),
      new HookPoint(
          "java/lang/Thread", "start", CONTAINER_START, THROW, "threadStartFailed", THREAD, 21),
      new HookPoint("java/lang/Thread", "exit", "()V", ENTER, "threadExiting", THREAD, 17),
      // The only place that sees the task, on the creator's stack.
      new HookPoint(
          "java/lang/VirtualThread",
          "<init>",
          ANY,
          RETURN,
          "virtualThreadCreated",
          THREAD_AND_TASK,
          21),
      // Never mount, unmount or yield: parking there hangs, throwing kills.
      new HookPoint(
          "java/lang/VirtualThread",
          "run",
          "(Ljava/lang/Runnable;)V",
          ENTER,
          "virtualThreadStarting",
          THREAD,
          21),
      new HookPoint(
          "java/lang/VirtualThread",
          "run",
          "(Ljava/lang/Runnable;)V",
          RETURN,
          "virtualThreadExiting",
          THREAD,
          21),
      new HookPoint(
          "java/lang/VirtualThread",
          "run",
          "(Ljava/lang/Runnable;)V",
          THROW,
          "virtualThreadExiting",
          THREAD,
          21),
      // Life cycle is read from the executors themselves when sampling; only where they are made
      // needs a hook.
      new HookPoint(
          POOLS + "ThreadPoolExecutor", "<init>", ANY, RETURN, "executorCreated", EXECUTOR, 17),
      new HookPoint(POOLS + "ForkJoinPool", "<init>", ANY, RETURN, "executorCreated", EXECUTOR, 17),
      new HookPoint(
          POOLS + "ThreadPerTaskExecutor", "<init>", ANY, RETURN, "executorCreated", EXECUTOR, 21),
      new HookPoint("java/util/Timer", "<init>", ANY, RETURN, "executorCreated", EXECUTOR, 17),
      // Only what has failed comes here, before its task is cleared. A periodic one is dropped
      // then.
      new HookPoint(
          POOLS + "FutureTask",
          "setException",
          "(Ljava/lang/Throwable;)V",
          ENTER,
          "taskFailed",
          TASK_AND_FAILURE,
          17));

  private HookTable() {}
}
