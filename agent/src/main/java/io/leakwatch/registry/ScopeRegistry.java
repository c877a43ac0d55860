package io.leakwatch.registry;

import io.leakwatch.bootstrap.ScopeListener;
import io.leakwatch.frames.Frames;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The account of scopes: whose each thread, executor and task is, taken when it is made.
 *
 * <ul>
 *   <li>A thread is in the scope that it has entered, or that of the task which it runs, or its own.
 *   <li>What is made, and what is handed in, belongs to the scope of the thread that does so. A future, a fork-join task
 *       and a stage belong to who made them, whoever hands them on; any other {@code Runnable} to who hands it in.
 *   <li>A pool's worker belongs to the pool, so to who made that, whichever task made the pool grow; a thread that runs one
 *       task belongs to the task.
 * </ul>
 *
 * <p>Everything is held weakly. Of what is made outside of every scope nothing is noted. The {@code on…} methods are called
 * by hooks, on any thread; they never lock.
 */
public final class ScopeRegistry implements ScopeListener {
  private static final @Nullable UnsafeField FIRST_TASK = JdkLookup.field(
      JdkLookup.find("java.util.concurrent.ThreadPoolExecutor$Worker"), "firstTask");

  /** Stands for being in no scope, where {@code null} says that there is nothing to go back to. */
  private static final Scope NOBODY = new Scope("nobody");

  private final WeakTable<ThreadScope> threads = new WeakTable<>();
  private final WeakTable<Scope> executors = new WeakTable<>();
  private final WeakTable<TaskMark> made = new WeakTable<>();
  private final WeakTable<Submissions> handedIn = new WeakTable<>();

  /** Runs every hook's path on a throw-away account, so that no hook loads a class. Called before the hooks are woven. */
  public static void rehearse() {
    ScopeRegistry registry = new ScopeRegistry();
    Scope scope = new Scope("rehearsal");
    Runnable task = () -> {};
    FutureTask<?> future = new FutureTask<>(task, null);
    ForkJoinTask<?> forked = ForkJoinTask.adapt(task);
    Thread thread = new Thread(null, future, "leakwatch-rehearsal", 0, false);
    Initialisers.rehearse();
    for (int i = 0; i < Registry.REHEARSALS; i++) {
      StoppedSchedules.isUndecided(future);
      Object before = registry.enter(scope);
      registry.onExecutorMade(registry);
      registry.onTaskMade(future);
      registry.onTaskMade(forked);
      registry.onTaskHandedIn(registry, task);
      registry.hand(registry, task, scope);
      registry.onTaskRefused(registry, task);
      registry.hand(registry, task, scope);
      registry.onThreadStarting(thread);
      registry.onWorkerStarting(registry, registry);
      registry.onTaskTaken(registry, task);
      registry.onTaskDone(registry);
      registry.onTimerTaskTaken(registry);
      registry.onTaskEnd(forked, registry.onForkJoinBegin(forked));
      registry.onStageEnd(future, registry.onTaskBegin(future));
      registry.onTaskEnd(future, registry.onTaskBegin(future));
      registry.onThreadEnding(thread);
      registry.leave(before);
    }
  }

  /** The current thread enters a scope; returns where it was before. */
  public Object enter(Scope scope) {
    ThreadScope mine = of(Thread.currentThread());
    if (mine == null) {
      return NOBODY;
    }
    Scope before = mine.current();
    mine.run(scope);
    return before == null ? NOBODY : before;
  }

  /** The current thread goes back to where it was. */
  public void leave(Object before) {
    back(before);
  }

  @Override
  public void onThreadStarting(Thread thread) {
    if (thread instanceof AgentThread || threads.find(thread) != null) {
      // A thread is started once; a second attempt fails.
      return;
    }
    Scope scope = scopeOfNew(thread);
    if (scope != null && (VirtualThreads.isVirtual(thread) || !Initialisers.areRunning())) {
      ThreadScope its = of(thread);
      if (its != null) {
        its.belongTo(scope);
      }
    }
  }

  @Override
  public void onThreadEnding(Thread thread) {
    ThreadScope its = threads.remove(thread);
    if (its != null) {
      its.end();
    }
  }

  @Override
  public void onExecutorMade(Object executor) {
    Scope scope = current();
    if (scope != null
        && executors.find(executor) == null
        && !Initialisers.areRunning()
        && executors.putIfAbsent(executor, scope) == scope) {
      scope.countMark();
    }
  }

  @Override
  public void onTaskMade(Object task) {
    mark(task);
  }

  @Override
  public void onTaskHandedIn(Object receiver, @Nullable Object task) {
    if (task == null) {
      return;
    }
    if (task instanceof FutureTask || task instanceof ForkJoinTask) {
      TaskMark mark = mark(task);
      if (mark != null && receiver instanceof ThreadPoolExecutor) {
        mark.handTo(receiver);
      }
    } else if (task instanceof TimerTask) {
      // Of the scope's own timer its thread will tell all there is to tell.
      if (executors.find(receiver) != current()) {
        mark(task);
      }
    } else if (receiver instanceof ThreadPoolExecutor && !isTheFrameworks(task)) {
      hand(receiver, task, current());
    }
  }

  @Override
  public void onTaskRefused(Object pool, @Nullable Object task) {
    Submissions submissions = task == null ? null : handedIn.find(task);
    if (submissions != null) {
      submissions.takeBack(pool, current());
    }
  }

  @Override
  public void onWorkerStarting(Object pool, Object worker) {
    // Whatever a thread factory has put around it, and whoever made the pool grow.
    Scope scope = executors.find(pool);
    Thread thread = Thread.currentThread();
    ThreadScope mine = scope == null ? threads.find(thread) : of(thread);
    if (mine != null) {
      mine.belongTo(scope);
    }
    Object first = JdkLookup.read(FIRST_TASK, worker);
    if (first != null) {
      onTaskTaken(pool, first);
    }
  }

  @Override
  public void onTaskTaken(Object pool, @Nullable Object task) {
    if (task == null) {
      return;
    }
    Thread thread = Thread.currentThread();
    ThreadScope mine = threads.find(thread);
    if (mine != null && mine.hasTask()) {
      // Told twice: where the worker gets it and where it begins.
      return;
    }
    Submissions submissions = handedIn.find(task);
    Submissions.Turn turn = submissions == null ? null : submissions.take(pool);
    TaskMark mark = turn == null ? made.find(task) : null;
    if (mine == null && (turn != null || mark != null)) {
      mine = of(thread);
    }
    if (mine == null) {
      return;
    }
    if (turn != null && turn.scope() != null) {
      mine.takeCounted(turn.scope(), turn.trace());
    } else {
      mine.take(mark == null ? mine.own() : mark.scope(), mark == null ? null : mark.trace());
    }
  }

  @Override
  public void onTaskDone(Object pool) {
    ThreadScope mine = threads.find(Thread.currentThread());
    if (mine != null) {
      mine.rest();
    }
  }

  @Override
  public void onTimerTaskTaken(Object queue) {
    Object task = TimerBooks.next(queue);
    Scope scope = task == null ? null : makerOf(task);
    Thread thread = Thread.currentThread();
    ThreadScope mine = scope == null ? threads.find(thread) : of(thread);
    if (mine != null) {
      mine.run(scope == null ? mine.own() : scope);
    }
  }

  @Override
  public @Nullable Object onForkJoinBegin(Object task) {
    Thread thread = Thread.currentThread();
    if (VirtualThreads.isCarrier(thread)) {
      return null;
    }
    Scope scope = makerOf(task);
    ThreadScope mine = scope == null ? threads.find(thread) : of(thread);
    // A worker that waits for one task may run any other one meanwhile: that of nobody as well.
    return mine == null ? null : begin(mine, scope == null ? mine.own() : scope);
  }

  @Override
  public @Nullable Object onTaskBegin(Object task) {
    Scope scope = makerOf(task);
    ThreadScope mine = scope == null ? null : of(Thread.currentThread());
    return mine == null ? null : begin(mine, scope);
  }

  @Override
  public void onTaskEnd(Object task, @Nullable Object begun) {
    back(begun);
    if (!(task instanceof FutureTask) || !StoppedSchedules.isUndecided(task)) {
      forgetTask(task);
    }
  }

  @Override
  public void onStageEnd(Object stage, @Nullable Object begun) {
    back(begun);
    if (Stages.hasRun(stage)) {
      forgetTask(stage);
    }
  }

  /** The scope that the current thread is in; {@code null} when in none. */
  @Nullable
  Scope current() {
    Thread thread = Thread.currentThread();
    ThreadScope mine = threads.find(thread);
    // A carrier works for all virtual threads.
    return mine == null || VirtualThreads.isCarrier(thread) ? null : mine.current();
  }

  WeakTable<ThreadScope> threads() {
    return threads;
  }

  WeakTable<Scope> executors() {
    return executors;
  }

  /** The tasks that belong to who made them. */
  WeakTable<TaskMark> made() {
    return made;
  }

  /** The tasks that belong to who hands them in. */
  WeakTable<Submissions> handedIn() {
    return handedIn;
  }

  /** Forgets what was collected. One thread at a time. */
  void sweep() {
    threads.sweep(ThreadScope::end);
    executors.sweep(Scope::countMarkGone);
    made.sweep(mark -> mark.scope().countMarkGone());
    handedIn.sweep(Submissions::forget);
  }

  /** Things of which it is not known whose they are, because a cap was reached. */
  public long dropped() {
    return threads.refused() + executors.refused() + made.refused() + handedIn.refused();
  }

  /** An executor that has terminated is no longer in the account. */
  void forget(Object executor) {
    Scope scope = executors.remove(executor);
    if (scope != null) {
      scope.countMarkGone();
    }
  }

  private @Nullable Scope scopeOfNew(Thread thread) {
    Object task = Runners.taskOf(thread);
    boolean isDelay = Runners.isDelayScheduler(thread);
    if (thread instanceof ForkJoinWorkerThread || Runners.isWorker(task) || isDelay) {
      Object pool = isDelay ? Runners.poolOfDelayScheduler(thread) : Runners.executorOf(thread);
      return pool == null ? null : executors.find(pool);
    }
    Scope scope = task == null ? null : scopeOf(task);
    if (scope == null) {
      scope = current();
    }
    if (scope == null && Runners.isOfThreadPerTask(task)) {
      Object executor = Runners.executorOf(thread);
      scope = executor == null ? null : executors.find(executor);
    }
    return scope;
  }

  /** Of a task that belongs to who made it, or to who made what the JDK has put something around. */
  private @Nullable Scope scopeOf(Object task) {
    Scope scope = makerOf(task);
    if (scope != null) {
      return scope;
    }
    Object inner = Runners.isOfThreadPerTask(task) ? Tasks.innermost(task) : task;
    return inner == task ? null : makerOf(inner);
  }

  private void hand(Object receiver, Object task, @Nullable Scope scope) {
    Submissions submissions = handedIn.find(task);
    if (submissions == null) {
      if (scope == null) {
        return;
      }
      submissions = handedIn.putIfAbsent(task, new Submissions());
    }
    if (submissions != null) {
      submissions.add(receiver, scope);
    }
  }

  /** The framework runs tests by tasks of its own, on behalf of nobody. */
  private static boolean isTheFrameworks(Object task) {
    return Frames.isTestFramework(task.getClass().getName());
  }

  private void forgetTask(Object task) {
    TaskMark mark = made.remove(task);
    if (mark != null) {
      mark.scope().countMarkGone();
    }
  }

  private @Nullable Scope makerOf(Object task) {
    TaskMark mark = made.find(task);
    return mark == null ? null : mark.scope();
  }

  /** Marks a task as the current scope's, unless it is somebody's already; {@code null} when it is nobody's. */
  private @Nullable TaskMark mark(Object task) {
    TaskMark known = made.find(task);
    Scope scope = known == null ? current() : null;
    if (scope == null || isTheFrameworks(task)) {
      return known;
    }
    boolean isFork = task instanceof ForkJoinTask && !Stages.isAsync(task);
    TaskMark mark = new TaskMark(scope, isFork ? null : scope.takeStack());
    TaskMark inForce = made.putIfAbsent(task, mark);
    if (inForce == mark) {
      scope.countMark();
    }
    return inForce;
  }

  private @Nullable ThreadScope of(Thread thread) {
    ThreadScope known = threads.find(thread);
    return known == null ? threads.putIfAbsent(thread, new ThreadScope()) : known;
  }

  private static Object begin(ThreadScope mine, @Nullable Scope scope) {
    Scope before = mine.current();
    mine.run(scope);
    return before == null ? NOBODY : before;
  }

  private void back(@Nullable Object before) {
    if (before instanceof Scope scope) {
      ThreadScope mine = threads.find(Thread.currentThread());
      if (mine != null) {
        mine.run(scope == NOBODY ? null : scope);
      }
    }
  }
}
