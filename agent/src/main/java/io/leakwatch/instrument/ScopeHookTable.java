package io.leakwatch.instrument;

import static io.leakwatch.instrument.HookPoint.ANY;
import static io.leakwatch.instrument.HookPoint.Arguments.EXECUTOR;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_AND_FIRST;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_AND_KEPT;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_AND_RESULT;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_AND_TASK;
import static io.leakwatch.instrument.HookPoint.Arguments.RECEIVER_TO_KEEP;
import static io.leakwatch.instrument.HookPoint.Arguments.THREAD;
import static io.leakwatch.instrument.HookPoint.Where.ENTER;
import static io.leakwatch.instrument.HookPoint.Where.RETURN;
import static io.leakwatch.instrument.HookPoint.Where.THROW;

import io.leakwatch.instrument.HookPoint.Arguments;
import io.leakwatch.instrument.HookPoint.Where;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is woven besides, and only when a test framework asks whose things are: where they are made, and where tasks begin
 * and end. In production none of it is there.
 */
final class ScopeHookTable {
  private static final String POOLS = "java/util/concurrent/";
  private static final String POOL = POOLS + "ThreadPoolExecutor";
  private static final String STAGES = POOLS + "CompletableFuture$";
  private static final String THREADS = "java/lang/Thread";
  private static final String VIRTUAL_THREADS = "java/lang/VirtualThread";
  private static final String CONTAINER_START = "(Ljdk/internal/vm/ThreadContainer;)V";
  private static final String RUN_TASK = "(Ljava/lang/Runnable;)V";

  private static final List<HookPoint> OF_THREADS = List.of(
      at(THREADS, "start", "()V", ENTER, "threadStarting", THREAD),
      at(THREADS, "start", CONTAINER_START, ENTER, "threadStarting", THREAD).since(21),
      at(VIRTUAL_THREADS, "start", CONTAINER_START, ENTER, "threadStarting", THREAD)
          .since(21),
      at(THREADS, "exit", "()V", ENTER, "threadEnding", THREAD),
      at(VIRTUAL_THREADS, "run", RUN_TASK, RETURN, "threadEnding", THREAD).since(21),
      at(VIRTUAL_THREADS, "run", RUN_TASK, THROW, "threadEnding", THREAD).since(21));

  private static final List<HookPoint> OF_EXECUTORS = List.of(
      at(POOL, "<init>", ANY, RETURN, "executorMade", EXECUTOR),
      at(POOLS + "ForkJoinPool", "<init>", ANY, RETURN, "executorMade", EXECUTOR),
      at(POOLS + "ThreadPerTaskExecutor", "<init>", ANY, RETURN, "executorMade", EXECUTOR)
          .since(21),
      at("java/util/Timer", "<init>", ANY, RETURN, "executorMade", EXECUTOR));

  private static final List<HookPoint> OF_SUBMISSIONS = List.of(
      at(POOLS + "FutureTask", "<init>", ANY, RETURN, "taskMade", EXECUTOR),
      at(POOLS + "ForkJoinTask", "<init>", ANY, RETURN, "taskMade", EXECUTOR),
      at(POOL, "execute", RUN_TASK, ENTER, "taskHandedIn", RECEIVER_AND_TASK),
      at(
          POOLS + "ScheduledThreadPoolExecutor",
          "delayedExecute",
          ANY,
          ENTER,
          "taskHandedIn",
          RECEIVER_AND_TASK),
      at("java/util/Timer", "sched", ANY, ENTER, "taskHandedIn", RECEIVER_AND_FIRST),
      at(POOL, "reject", ANY, ENTER, "taskRefused", RECEIVER_AND_TASK));

  /** A worker that runs already takes these up with its next task. */
  private static final List<HookPoint> OF_WORKERS = List.of(
      at(POOL, "runWorker", ANY, ENTER, "workerStarting", RECEIVER_AND_FIRST),
      at(POOL, "getTask", ANY, ENTER, "taskDone", EXECUTOR),
      at(POOL, "getTask", ANY, RETURN, "taskTaken", RECEIVER_AND_RESULT),
      // A worker that waited in the old getTask when this was woven.
      at(POOL, "beforeExecute", ANY, ENTER, "taskTaken", RECEIVER_AND_TASK),
      at(POOL, "processWorkerExit", ANY, ENTER, "taskDone", EXECUTOR),
      at("java/util/TaskQueue", "removeMin", "()V", ENTER, "timerTaskTaken", EXECUTOR),
      at("java/util/TaskQueue", "rescheduleMin", "(J)V", ENTER, "timerTaskTaken", EXECUTOR));

  /** Whoever runs a future or a stage, an executor that nobody knows included, runs it here. */
  private static final List<HookPoint> OF_RUNS = Stream.of(
          around(POOLS + "ForkJoinTask", "doExec", "forkJoinBegin", "taskEnd"),
          around(POOLS + "FutureTask", "run", "taskBegin", "taskEnd"),
          around(POOLS + "FutureTask", "runAndReset", "taskBegin", "taskEnd"),
          around(STAGES + "AsyncRun", "run", "taskBegin", "taskEnd"),
          around(STAGES + "AsyncSupply", "run", "taskBegin", "taskEnd"))
      .flatMap(List::stream)
      .toList();

  /** Stages that run in the thread that completes what they depend on. */
  private static final List<HookPoint> OF_STAGES = Stream.of(
          "UniApply",
          "UniAccept",
          "UniRun",
          "UniWhenComplete",
          "UniHandle",
          "UniExceptionally",
          "UniComposeExceptionally",
          "UniCompose",
          "BiApply",
          "BiAccept",
          "BiRun",
          "OrApply",
          "OrAccept",
          "OrRun")
      .flatMap(stage -> around(STAGES + stage, "tryFire", "taskBegin", "stageEnd").stream())
      .toList();

  static final List<HookPoint> POINTS = Stream.of(
          OF_THREADS, OF_EXECUTORS, OF_SUBMISSIONS, OF_WORKERS, OF_RUNS, OF_STAGES)
      .flatMap(List::stream)
      .toList();

  private ScopeHookTable() {}

  private static HookPoint at(
      String className,
      String method,
      String descriptor,
      Where where,
      String hook,
      Arguments arguments) {
    return HookPoint.at(className, method, descriptor, where, hook, arguments).ofScopes();
  }

  private static List<HookPoint> around(String className, String method, String begin, String end) {
    return List.of(
        at(className, method, ANY, ENTER, begin, RECEIVER_TO_KEEP),
        at(className, method, ANY, RETURN, end, RECEIVER_AND_KEPT),
        at(className, method, ANY, THROW, end, RECEIVER_AND_KEPT));
  }
}
