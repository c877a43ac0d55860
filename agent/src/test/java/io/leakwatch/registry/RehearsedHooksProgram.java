package io.leakwatch.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Runs every hook many times after the rehearsal, between two lines that say so. */
final class RehearsedHooksProgram {
  static final String BEGIN = "the hooks begin";
  static final String END = "the hooks end";

  private static final Timer TIMER = new Timer(true);
  private static final TimerTask TIMER_TASK = new TimerTask() {
    @Override
    public void run() {}
  };
  private static final Thread TIMER_THREAD = Objects.requireNonNull(TimerBooks.threadOf(TIMER));
  private static final Object TIMER_QUEUE = Objects.requireNonNull(TimerBooks.queueOf(TIMER));

  static {
    TIMER.schedule(TIMER_TASK, 3_600_000, 3_600_000);
  }

  private RehearsedHooksProgram() {}

  public static void main(String[] args) throws Exception {
    Registry.rehearse();
    ScopeRegistry.rehearse();
    ScopeRegistry scopes = new ScopeRegistry();
    Scope scope = new Scope("rehearsed");
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    Registry registry = new Registry(64);
    Runnable task = new Task();
    Callable<String> callable = new Call();
    Thread thread = new Thread(task, "never started");
    FutureTask<String> future = new FutureTask<>(callable);
    Runnable runner = runnerOfAnExecutor(task);
    // What this program itself needs is loaded by now.
    Future<?> periodic = periodic(task);
    // A stage that has its task in a wrapper of the JDK's own.
    List<Object> asynchronous = new ArrayList<>();
    var unused = CompletableFuture.runAsync(task, asynchronous::add);
    Object stage = asynchronous.get(0);
    Throwable failure = new IllegalStateException();
    runHooks(new Registry(64), thread, task, future, runner, periodic, stage, failure, 0);
    runScopeHooks(scopes, scope, pool, thread, task, future, periodic, stage, 0);
    System.out.println(BEGIN);
    runHooks(registry, thread, task, future, runner, periodic, stage, failure, 5_000);
    runScopeHooks(scopes, scope, pool, thread, task, future, periodic, stage, 5_000);
    System.out.println(END);
  }

  private static void runHooks(
      Registry registry,
      Thread thread,
      Runnable task,
      Runnable future,
      Runnable runner,
      Future<?> periodic,
      Object stage,
      Throwable failure,
      int times) {
    ThreadRegistry threads = registry.threads();
    for (int i = 0; i < times; i++) {
      threads.onStart(thread);
      threads.onStartFailed(thread);
      threads.onExit(thread);
      threads.onVirtualCreated(thread, task);
      threads.onVirtualCreated(thread, future);
      threads.onVirtualCreated(thread, runner);
      threads.onVirtualExit(thread, threads.onVirtualStart(thread, runner));
      registry.executors().onCreated(thread);
      registry.tasks().onFailed(future, failure);
      registry.tasks().onFailed(periodic, failure);
      registry.tasks().onFailed(stage, failure);
      registry.tasks().onSubmitted(thread, task);
      registry.tasks().onSubmitted(thread, future);
      registry.tasks().onSubmitted(thread, periodic);
      registry.tasks().onSubmitted(thread, stage);
      registry.tasks().onRejected(thread);
      registry.tasks().onWorkerEnded(thread, true);
      registry.tasks().onUncaught(thread, failure);
      registry.tasks().onCancelling(future);
      registry.tasks().onCancelling(periodic);
      registry.tasks().onTimerTaskTaken(thread);
      registry.tasks().onSubmitted(periodic, periodic);
      registry.tasks().onSubmitted(TIMER, TIMER_TASK);
      registry.tasks().onTimerTaskTaken(TIMER_QUEUE);
      registry.tasks().onTimerCleared(TIMER_QUEUE);
      registry.tasks().onUncaught(TIMER_THREAD, failure);
    }
  }

  private static void runScopeHooks(
      ScopeRegistry scopes,
      Scope scope,
      Object pool,
      Thread thread,
      Runnable task,
      Object future,
      Object periodic,
      Object stage,
      int times) {
    for (int i = 0; i < times; i++) {
      Object before = scopes.enter(scope);
      scopes.onExecutorMade(pool);
      scopes.onTaskMade(future);
      scopes.onTaskMade(stage);
      scopes.onThreadStarting(thread);
      scopes.onTaskHandedIn(pool, task);
      scopes.onTaskHandedIn(pool, future);
      scopes.onTaskHandedIn(pool, periodic);
      scopes.onTaskHandedIn(TIMER, TIMER_TASK);
      scopes.onTaskRefused(pool, task);
      scopes.onTaskHandedIn(pool, task);
      scopes.onWorkerStarting(pool, thread);
      scopes.onTaskTaken(pool, task);
      scopes.onTaskDone(pool);
      scopes.onTaskTaken(pool, future);
      scopes.onTaskDone(pool);
      scopes.onTimerTaskTaken(TIMER_QUEUE);
      scopes.onTaskEnd(stage, scopes.onForkJoinBegin(stage));
      scopes.onTaskEnd(future, scopes.onTaskBegin(future));
      scopes.onStageEnd(stage, scopes.onTaskBegin(stage));
      scopes.onThreadEnding(thread);
      scopes.leave(before);
    }
  }

  /** What a thread-per-task executor gives its threads to run, where there is one. */
  private static Runnable runnerOfAnExecutor(Runnable task) throws Exception {
    if (Runtime.version().feature() < 21) {
      return task;
    }
    AtomicReference<Runnable> given = new AtomicReference<>(task);
    ThreadFactory capturing = r -> {
      given.set(r);
      return new Thread(r);
    };
    ExecutorService executor = LaterJdk.threadPerTask(capturing);
    executor.execute(task);
    executor.shutdown();
    executor.awaitTermination(1, TimeUnit.MINUTES);
    return Objects.requireNonNull(given.get());
  }

  /** A periodic task that is never run: its pool gets no thread. */
  private static Future<?> periodic(Runnable task) {
    return new ScheduledThreadPoolExecutor(1, r -> null)
        .scheduleAtFixedRate(task, 1, 1, TimeUnit.HOURS);
  }

  private static final class Task implements Runnable {
    @Override
    public void run() {}
  }

  private static final class Call implements Callable<String> {
    @Override
    public String call() {
      return "";
    }
  }
}
