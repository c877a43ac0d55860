package io.leakwatch.instrument;

import static io.leakwatch.instrument.HookPoint.ANY;
import static io.leakwatch.instrument.HookPoint.Arguments.EXECUTOR;
import static io.leakwatch.instrument.HookPoint.Arguments.EXECUTOR_AND_FLAG;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_AND_FIRST;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_AND_TASK;
import static io.leakwatch.instrument.HookPoint.Arguments.TASK_AND_FAILURE;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD_AND_FAILURE;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD_AND_KEPT;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD_AND_TASK;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD_AND_TASK_TO_KEEP;
import static io.leakwatch.instrument.HookPoint.Where.ENTER;
import static io.leakwatch.instrument.HookPoint.Where.RETURN;
import static io.leakwatch.instrument.HookPoint.Where.THROW;
import static io.leakwatch.instrument.HookPoint.at;

import java.util.ArrayList;
import java.util.List;

/** Every JDK method that is woven, in one place. Nothing else about the JDK's code is changed. */
final class HookTable {
  private static final String POOLS = "java/util/concurrent/";
  private static final String THREADS = "java/lang/Thread";
  private static final String VIRTUAL_THREADS = "java/lang/VirtualThread";
  private static final String CONTAINER_START = "(Ljdk/internal/vm/ThreadContainer;)V";
  private static final String RUN_TASK = "(Ljava/lang/Runnable;)V";
  private static final String TAKE_FORK_JOIN_TASK = "(Ljava/util/concurrent/ForkJoinTask;)V";
  private static final String THROWN = "(Ljava/lang/Throwable;)V";

  private static final List<HookPoint> OF_THREADS = List.of(
      // Before, not after, the start: an exit hook would race the new thread's own end. Undone when
      // the start throws.
      at(THREADS, "start", "()V", ENTER, "threadStarting", THREAD),
      at(THREADS, "start", "()V", THROW, "threadStartFailed", THREAD),
      // What newThreadPerTaskExecutor and structured scopes call.
      at(THREADS, "start", CONTAINER_START, ENTER, "threadStarting", THREAD).since(21),
      at(THREADS, "start", CONTAINER_START, THROW, "threadStartFailed", THREAD).since(21),
      at(THREADS, "exit", "()V", ENTER, "threadExiting", THREAD),
      // The only place that sees the task, on the creator's stack.
      at(VIRTUAL_THREADS, "<init>", ANY, RETURN, "virtualThreadCreated", THREAD_AND_TASK)
          .since(21),
      // Never mount, unmount or yield: parking there hangs, throwing kills.
      // What counts the start is kept for the end: by then a future has let go of its task.
      at(VIRTUAL_THREADS, "run", RUN_TASK, ENTER, "virtualThreadStarting", THREAD_AND_TASK_TO_KEEP)
          .since(21),
      at(VIRTUAL_THREADS, "run", RUN_TASK, RETURN, "virtualThreadExiting", THREAD_AND_KEPT)
          .since(21),
      at(VIRTUAL_THREADS, "run", RUN_TASK, THROW, "virtualThreadExiting", THREAD_AND_KEPT)
          .since(21));

  /** Their life cycle is read from the executors themselves when sampling; only where they are made needs a hook. */
  private static final List<HookPoint> OF_EXECUTORS = List.of(
      at(POOLS + "ThreadPoolExecutor", "<init>", ANY, RETURN, "executorCreated", EXECUTOR),
      at(POOLS + "ForkJoinPool", "<init>", ANY, RETURN, "executorCreated", EXECUTOR),
      at(POOLS + "ThreadPerTaskExecutor", "<init>", ANY, RETURN, "executorCreated", EXECUTOR)
          .since(21),
      at("java/util/Timer", "<init>", ANY, RETURN, "executorCreated", EXECUTOR));

  /** Where tasks are handed in. A thread-per-task executor makes a thread there, which has its own hook. */
  private static final List<HookPoint> OF_SUBMISSIONS = List.of(
      at(
          POOLS + "ThreadPoolExecutor",
          "execute",
          RUN_TASK,
          ENTER,
          "taskSubmitted",
          RECEIVER_AND_TASK),
      at(
          POOLS + "ScheduledThreadPoolExecutor",
          "delayedExecute",
          ANY,
          ENTER,
          "taskSubmitted",
          RECEIVER_AND_TASK),
      at(POOLS + "ForkJoinPool", "submit", ANY, ENTER, "taskSubmitted", RECEIVER_AND_FIRST),
      at(POOLS + "ForkJoinPool", "invoke", ANY, ENTER, "taskSubmitted", RECEIVER_AND_FIRST),
      at(
          POOLS + "ForkJoinPool",
          "execute",
          TAKE_FORK_JOIN_TASK,
          ENTER,
          "taskSubmitted",
          RECEIVER_AND_FIRST),
      // Not where there are virtual threads: their scheduler comes here at each unpark.
      at(POOLS + "ForkJoinPool", "execute", RUN_TASK, ENTER, "taskSubmitted", RECEIVER_AND_FIRST)
          .until(20),
      at(
          POOLS + "CompletableFuture$AsyncSupply",
          "<init>",
          ANY,
          RETURN,
          "taskSubmitted",
          RECEIVER_AND_TASK),
      at(
          POOLS + "CompletableFuture$AsyncRun",
          "<init>",
          ANY,
          RETURN,
          "taskSubmitted",
          RECEIVER_AND_TASK),
      // Behind it the task knows its period.
      at("java/util/Timer", "sched", ANY, RETURN, "taskSubmitted", RECEIVER_AND_FIRST));

  /** What becomes of tasks other than that they run to their ends: none of it is on a path that is often taken. */
  private static final List<HookPoint> OF_OUTCOMES = List.of(
      at(POOLS + "ThreadPoolExecutor", "reject", ANY, ENTER, "taskRejected", EXECUTOR),
      at(POOLS + "ForkJoinPool", "externalPush", ANY, THROW, "taskRejected", EXECUTOR)
          .until(20),
      at(POOLS + "ForkJoinPool", "poolSubmit", ANY, THROW, "taskRejected", EXECUTOR)
          .since(21),
      at(
              POOLS + "ThreadPerTaskExecutor",
              "start",
              "(Ljava/lang/Thread;)V",
              THROW,
              "taskRejected",
              EXECUTOR)
          .since(21),
      at(POOLS + "ThreadPerTaskExecutor", "ensureNotShutdown", ANY, THROW, "taskRejected", EXECUTOR)
          .since(21),
      at("java/util/Timer", "sched", ANY, THROW, "taskRejected", EXECUTOR),
      // Only what has failed comes here, before its task is cleared. A periodic one is dropped
      // then.
      at(POOLS + "FutureTask", "setException", THROWN, ENTER, "taskFailed", TASK_AND_FAILURE),
      at(POOLS + "ForkJoinTask", "trySetThrown", ANY, ENTER, "taskFailed", TASK_AND_FAILURE),
      at(
          POOLS + "CompletableFuture",
          "completeThrowable",
          "(Ljava/lang/Throwable;)Z",
          ENTER,
          "taskFailed",
          TASK_AND_FAILURE),
      at(
          POOLS + "ThreadPoolExecutor",
          "processWorkerExit",
          ANY,
          ENTER,
          "workerEnded",
          EXECUTOR_AND_FLAG),
      at(THREADS, "dispatchUncaughtException", THROWN, ENTER, "threadFailed", THREAD_AND_FAILURE),
      at(POOLS + "FutureTask", "cancel", "(Z)Z", ENTER, "taskCancelling", EXECUTOR),
      at("java/util/TaskQueue", "removeMin", "()V", ENTER, "timerTaskTaken", EXECUTOR),
      at("java/util/TaskQueue", "rescheduleMin", "(J)V", ENTER, "timerTaskTaken", EXECUTOR),
      // Called when a timer is cancelled, and by its thread when that ends.
      at("java/util/TaskQueue", "clear", "()V", ENTER, "timerCleared", EXECUTOR));

  static final List<HookPoint> POINTS = all();

  private HookTable() {}

  private static List<HookPoint> all() {
    List<HookPoint> all = new ArrayList<>(OF_THREADS);
    all.addAll(OF_EXECUTORS);
    all.addAll(OF_SUBMISSIONS);
    all.addAll(OF_OUTCOMES);
    return List.copyOf(all);
  }
}
