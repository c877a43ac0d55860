package io.leakwatch.registry;

import io.leakwatch.frames.Frames;
import io.leakwatch.registry.Leftover.What;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Looks what is left of a scope. Most scopes have made nothing, which is one read; of those whose things have all ended it
 * is known from the account alone; only else a census is taken. One thread at a time, like every census.
 */
public final class ScopeCensus {
  private static final String SERVICE_THREAD = "jdk.internal.misc.InnocuousThread";
  private static final long SWEEP_FROM = 1_000;

  /**
   * What one look has found.
   *
   * @param left what is still there; must not be kept
   * @param pending whether a task of the scope has not begun yet, which may leave something
   */
  public record Look(List<Leftover> left, boolean pending) {
    static final Look NOTHING = new Look(List.of(), false);

    /** Whether all that belonged to the scope has ended. */
    public boolean isClean() {
      return left.isEmpty() && !pending;
    }
  }

  private final Registry registry;
  private final ScopeRegistry scopes;

  /** Of a JVM's account. */
  public ScopeCensus(Registry registry, ScopeRegistry scopes) {
    this.registry = registry;
    this.scopes = scopes;
  }

  /**
   * Whether nothing is left of what was made in a scope, as far as the account alone tells; may be asked by any thread, at
   * any time.
   */
  public boolean isClean(Scope scope, Thread asker, long patienceNanos) {
    int before = scope.changes();
    // What one thing hands on to the next while this looks must not be missed in both places.
    return scope.marks() == 0
        || (!mayHaveThreads(scope, asker)
            && schedules(scope).isEmpty()
            && !hasPending(scope, patienceNanos)
            && scope.changes() == before);
  }

  /**
   * Looks once.
   *
   * @param asker a thread that is in the scope because it asks
   * @param patienceNanos a task that is due later than this is not waited for
   */
  public Look look(Scope scope, Thread asker, long patienceNanos) {
    if (scope.marks() == 0) {
      return Look.NOTHING;
    }
    if (scopes.made().size() + scopes.handedIn().size() > SWEEP_FROM) {
      scopes.sweep();
    }
    boolean pending = hasPending(scope, patienceNanos);
    List<Object> schedules = schedules(scope);
    if (schedules.isEmpty() && !mayHaveThreads(scope, asker)) {
      return pending ? new Look(List.of(), true) : Look.NOTHING;
    }
    List<Leftover> left = new ArrayList<>();
    Set<Object> inTimers = Collections.newSetFromMap(new IdentityHashMap<>());
    registry.extraCensus(live -> {
      TimerBooks.addTasks(live.thread(), inTimers);
      Leftover leftover = live.thread() == asker ? null : classify(live, scope);
      if (leftover != null) {
        left.add(leftover);
      }
    });
    // A timer that was cancelled has no tasks, which do not know that.
    schedules.removeIf(task -> task instanceof TimerTask && !inTimers.contains(task));
    for (Object schedule : schedules) {
      OriginClass origin = Tasks.originOf(schedule);
      TaskMark mark = scopes.made().find(schedule);
      CreationSite site = mark == null ? null : registry.siteOf(mark.trace());
      if (!isNobodys(site)) {
        left.add(new Leftover(What.SCHEDULE, null, null, origin, site));
      }
    }
    return new Look(left, pending);
  }

  private boolean mayHaveThreads(Scope scope, Thread asker) {
    boolean[] found = {false};
    scopes
        .threads()
        .forEach((object, its) -> found[0] |= object != asker
            && (its.own() == scope || its.current() == scope)
            && ((Thread) object).isAlive());
    scopes.executors().forEach((executor, owner) -> {
      if (owner == scope) {
        if (ExecutorBooks.isTerminated(executor)) {
          scopes.forget(executor);
        } else {
          found[0] = true;
        }
      }
    });
    return found[0];
  }

  private boolean hasPending(Scope scope, long patienceNanos) {
    boolean[] found = {false};
    scopes.handedIn().forEach((task, submissions) -> found[0] |= submissions.waits(scope));
    scopes.made().forEach((task, mark) -> {
      if (mark.scope() == scope && !found[0]) {
        found[0] = isPending(task, mark, patienceNanos);
      }
    });
    return found[0];
  }

  /** Whether a task is going to run and has not begun: marks go when tasks have run. */
  private static boolean isPending(Object task, TaskMark mark, long patienceNanos) {
    if (mark.isHandedToPool()) {
      Long time = ScheduledTasks.timeOf(task);
      boolean isSoon = time == null || time - System.nanoTime() < patienceNanos;
      return isSoon && ScheduledTasks.periodOf(task) == 0 && mark.isInOpenPool() && !isDone(task);
    }
    // A dependent stage may wait forever for what it depends on, and nobody is to blame.
    return task instanceof ForkJoinTask<?> forked
        && (Stages.isTakenOn(task)
            || Stages.isAsync(task)
            || (!Stages.isOne(task) && !forked.isDone()));
  }

  private static boolean isDone(Object task) {
    return task instanceof FutureTask
        ? !StoppedSchedules.isUndecided(task)
        : Stages.isOne(task) && !Stages.isAsync(task);
  }

  /** The periodic tasks of a scope in executors of somebody else's, and those that may be in such a timer. */
  private List<Object> schedules(Scope scope) {
    List<Object> found = new ArrayList<>();
    scopes.made().forEach((task, mark) -> {
      if (mark.scope() == scope && isScheduledElsewhere(task, scope)) {
        found.add(task);
      }
    });
    return found;
  }

  private boolean isScheduledElsewhere(Object task, Scope scope) {
    if (task instanceof TimerTask) {
      return TimerTasks.periodOf(task) != 0 && TimerTasks.isScheduled(task);
    }
    Object pool = ScheduledTasks.periodOf(task) == 0 ? null : ScheduledTasks.poolOf(task);
    return pool != null
        && StoppedSchedules.isUndecided(task)
        && scopes.executors().find(pool) != scope
        && !ExecutorBooks.isShutDown(pool);
  }

  private @Nullable Leftover classify(LiveThread live, Scope scope) {
    ThreadScope its = scopes.threads().find(live.thread());
    ExecutorEntry owner = live.owner();
    boolean startedHere = its != null && its.own() == scope;
    boolean runsOurs = its != null && its.current() == scope;
    if (owner != null) {
      CreationSite site = owner.site() == null ? live.site() : owner.site();
      if (isOwned(owner, scope, startedHere) && !isNobodys(site)) {
        return new Leftover(What.EXECUTOR, live, owner, live.origin(), site);
      }
      if (owner.kind() != ExecutorKind.THREAD_PER_TASK) {
        return runsOurs && live.task() != null
            ? task(live, owner, its == null ? null : its.trace())
            : null;
      }
    }
    if (startedHere) {
      return isService(live.thread()) || isNobodys(live.site())
          ? null
          : new Leftover(What.THREAD, live, owner, live.origin(), live.site());
    }
    return runsOurs ? task(live, owner, its == null ? null : its.trace()) : null;
  }

  private boolean isOwned(ExecutorEntry owner, Scope scope, boolean startedHere) {
    Object executor = owner.executor();
    if (executor instanceof ForkJoinPool && owner.isTheJvmsOwn()) {
      return false;
    }
    // A timer may be known by its thread alone: the object is collected when nobody uses it.
    return (executor != null && scopes.executors().find(executor) == scope)
        || (owner.kind() == ExecutorKind.TIMER && startedHere);
  }

  private @Nullable Leftover task(
      LiveThread live, @Nullable ExecutorEntry owner, @Nullable Throwable handedIn) {
    CreationSite site = registry.siteOf(handedIn == null ? traceOfFuture(live) : handedIn);
    return isNobodys(site) ? null : new Leftover(What.TASK, live, owner, live.origin(), site);
  }

  /** Of the future that a thread runs, whoever's thread it is. */
  private @Nullable Throwable traceOfFuture(LiveThread live) {
    Throwable[] found = {null};
    scopes.made().forEach((task, mark) -> {
      if (task instanceof FutureTask<?> future && Runners.runnerOf(future) == live.thread()) {
        found[0] = mark.trace();
      }
    });
    return found[0];
  }

  /** Threads that the JDK starts for its own use when somebody needs it first. */
  private static boolean isService(Thread thread) {
    return thread.getClass().getName().equals(SERVICE_THREAD);
  }

  /**
   * Whether it was made by a class that was being initialised, so for the life of that class, or by the test framework:
   * then it is not the fault of the test that happened to be the first.
   */
  private static boolean isNobodys(@Nullable CreationSite site) {
    if (site == null) {
      return false;
    }
    List<StackTraceElement> frames = site.frames();
    return frames.stream().anyMatch(f -> f.getMethodName().equals("<clinit>"))
        || frames.stream()
            .map(StackTraceElement::getClassName)
            .filter(name -> !Frames.isJdk(name))
            .findFirst()
            .filter(name -> Frames.isTestFramework(name))
            .isPresent();
  }
}
