package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The periodic tasks of scheduled pools that have thrown: the JDK runs those no more, and says so to nobody but the future
 * that most applications drop. And the tasks of timers that died because one of them threw.
 *
 * <p>{@link #onTaskFailed} and {@link #onTimerDied} are called by hooks, on any thread; everything else by the one thread that takes the census.
 * Holds class names and counts, of an executor its creation site, and the executor itself weakly until the next census.
 */
final class StoppedSchedules {
  /** No more kinds of stopped tasks than this; further ones are dropped and counted. */
  static final int CAP = 1_000;

  private static final int INBOX_CAP = 10_000;

  /** The state of a future whose result nobody has set, {@code FutureTask.NEW}. */
  private static final int UNDECIDED = 0;

  private static final @Nullable UnsafeField STATE = JdkLookup.field(FutureTask.class, "state");
  private static final @Nullable UnsafeField POOL_STATE =
      JdkLookup.field(ThreadPoolExecutor.class, "ctl");

  /** A task that threw, as the hook saw it, and how many run no more because of that. */
  private static final class Arrival extends Inbox.Node {
    private final WeakReference<Object> runner;
    private final boolean ofTimer;
    private final OriginClass origin;
    private final int identity;
    private final String exceptionClass;
    private final int count;

    /** Of a pool, or of a timer's thread. */
    Arrival(
        Object runner,
        boolean ofTimer,
        OriginClass origin,
        int identity,
        Object failure,
        int count) {
      this.runner = new WeakReference<>(runner);
      this.ofTimer = ofTimer;
      this.origin = origin;
      this.identity = identity;
      this.exceptionClass = OriginClass.readableName(failure.getClass().getName());
      this.count = count;
    }
  }

  private record Kind(
      @Nullable CreationSite site,
      @Nullable CreationSite scheduledAt,
      boolean ofTimer,
      String taskClass,
      String exceptionClass) {}

  /** Tells where a task was scheduled. */
  interface Schedules {
    /** By the identity hash and the class of a task; {@code null} when that is unknown. */
    @Nullable
    CreationSite scheduledAt(int identity, OriginClass origin);
  }

  private final Inbox<Arrival> inbox = new Inbox<>(Arrival.class, INBOX_CAP);
  private final Map<Kind, StoppedSchedule> stopped = new LinkedHashMap<>();
  private long dropped;

  /** Reads in vain what hooks read, so that no handle is called for the first time inside of one. */
  static void rehearse() {
    Object noSuchTask = StoppedSchedules.class;
    new StoppedSchedules().stop(noSuchTask, noSuchTask, noSuchTask);
    Tallies.Tally tally = new Tallies.Tally();
    tally.taking(OriginClass.of(StoppedSchedules.class), 0);
    tally.countCleared(1);
    new StoppedSchedules().onTimerDied(noSuchTask, tally, noSuchTask);
  }

  /** A future is about to fail. Ignores all but the periodic tasks of a pool that is not shut down. */
  void onTaskFailed(Object task, Throwable failure) {
    // Who cancels a task, or its pool, knows that it runs no more.
    if (ScheduledTasks.periodOf(task) == 0 || !isUndecided(task)) {
      return;
    }
    Object pool = ScheduledTasks.poolOf(task);
    if (pool != null && isRunning(pool)) {
      stop(pool, task, failure);
    }
  }

  /**
   * The thread of a timer ends because a task threw. Ignores a timer that somebody had cancelled, and one that had nothing
   * else to do.
   *
   * @param queue what is known of the timer's queue
   */
  void onTimerDied(Object thread, Tallies.Tally queue, Object failure) {
    OriginClass origin = queue.takenLast();
    if (origin != null && queue.cleared() == 1 && queue.leftWhenCleared() > 0) {
      inbox.offer(new Arrival(
          thread, true, origin, queue.identityTakenLast(), failure, queue.leftWhenCleared()));
    }
  }

  /**
   * Takes in what the hooks have seen.
   *
   * @param siteOf where the executor, or the timer of a thread, was made; {@code null} when that is unknown
   * @param schedules where tasks were scheduled
   */
  void takeIn(Function<Object, @Nullable CreationSite> siteOf, Schedules schedules) {
    for (Arrival arrival : inbox.takeAll()) {
      Object runner = arrival.runner.get();
      Kind kind = new Kind(
          runner == null ? null : siteOf.apply(runner),
          schedules.scheduledAt(arrival.identity, arrival.origin),
          arrival.ofTimer,
          arrival.origin.name(),
          arrival.exceptionClass);
      StoppedSchedule known = stopped.get(kind);
      if (known == null && stopped.size() >= CAP) {
        dropped++;
        continue;
      }
      if (known == null) {
        known = new StoppedSchedule(
            kind.site(),
            kind.scheduledAt(),
            kind.ofTimer(),
            kind.taskClass(),
            kind.exceptionClass());
        stopped.put(kind, known);
      }
      known.count(arrival.count);
    }
  }

  /** Whether nobody has set the result of a future, or cancelled it. */
  static boolean isUndecided(Object future) {
    return JdkLookup.readInt(STATE, future, -1) == UNDECIDED;
  }

  /** All that have been seen, the first first. */
  Collection<StoppedSchedule> all() {
    return Collections.unmodifiableCollection(stopped.values());
  }

  long dropped() {
    return dropped + inbox.refused();
  }

  private void stop(Object pool, Object task, Object failure) {
    inbox.offer(
        new Arrival(pool, false, Tasks.originOf(task), System.identityHashCode(task), failure, 1));
  }

  /** The run state is in the upper bits: negative as long as the pool takes tasks. */
  private static boolean isRunning(Object pool) {
    return JdkLookup.read(POOL_STATE, pool) instanceof AtomicInteger state && state.get() < 0;
  }
}
