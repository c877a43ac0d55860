package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
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
 * that most applications drop.
 *
 * <p>{@link #onTaskFailed} is called by hooks, on any thread; everything else by the one thread that takes the census.
 * Holds class names and counts, of an executor its creation site, and the executor itself weakly until the next census.
 */
final class StoppedSchedules {
  /** No more kinds of stopped tasks than this; further ones are dropped and counted. */
  static final int CAP = 1_000;

  private static final int INBOX_CAP = 10_000;

  /** The state of a future whose result nobody has set, {@code FutureTask.NEW}. */
  private static final Integer UNDECIDED = 0;

  private static final @Nullable MethodHandle STATE =
      JdkLookup.object(JdkLookup.getter(FutureTask.class, "state"));
  private static final @Nullable MethodHandle POOL_STATE =
      JdkLookup.object(JdkLookup.getter(ThreadPoolExecutor.class, "ctl"));

  /** A task as the hook saw it. */
  private static final class Arrival extends Inbox.Node {
    private final WeakReference<Object> pool;
    private final String taskClass;
    private final String exceptionClass;

    Arrival(Object pool, String taskClass, String exceptionClass) {
      this.pool = new WeakReference<>(pool);
      this.taskClass = taskClass;
      this.exceptionClass = exceptionClass;
    }
  }

  private record Kind(@Nullable CreationSite site, String taskClass, String exceptionClass) {}

  private final Inbox<Arrival> inbox = new Inbox<>(Arrival.class, INBOX_CAP);
  private final Map<Kind, StoppedSchedule> stopped = new LinkedHashMap<>();
  private long dropped;

  /** Reads in vain what hooks read, so that no handle is called for the first time inside of one. */
  static void rehearse() {
    Object noSuchTask = StoppedSchedules.class;
    ScheduledTasks.rehearse();
    JdkLookup.read(STATE, noSuchTask);
    JdkLookup.read(POOL_STATE, noSuchTask);
    new StoppedSchedules().stop(noSuchTask, noSuchTask, noSuchTask);
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
   * Takes in what the hooks have seen.
   *
   * @param siteOf where an executor was made; {@code null} when that is unknown
   */
  void takeIn(Function<Object, @Nullable CreationSite> siteOf) {
    for (Arrival arrival : inbox.takeAll()) {
      Object pool = arrival.pool.get();
      Kind kind = new Kind(
          pool == null ? null : siteOf.apply(pool), arrival.taskClass, arrival.exceptionClass);
      StoppedSchedule known = stopped.get(kind);
      if (known == null && stopped.size() >= CAP) {
        dropped++;
        continue;
      }
      if (known == null) {
        known = new StoppedSchedule(kind.site(), kind.taskClass(), kind.exceptionClass());
        stopped.put(kind, known);
      }
      known.countOneMore();
    }
  }

  /** Whether nobody has set the result of a future, or cancelled it. */
  static boolean isUndecided(Object future) {
    return UNDECIDED.equals(JdkLookup.read(STATE, future));
  }

  /** All that have been seen, the first first. */
  Collection<StoppedSchedule> all() {
    return Collections.unmodifiableCollection(stopped.values());
  }

  long dropped() {
    return dropped + inbox.refused();
  }

  private void stop(Object pool, Object task, Object failure) {
    inbox.offer(new Arrival(
        pool,
        Tasks.originOf(task).name(),
        OriginClass.readableName(failure.getClass().getName())));
  }

  /** The run state is in the upper bits: negative as long as the pool takes tasks. */
  private static boolean isRunning(Object pool) {
    return JdkLookup.read(POOL_STATE, pool) instanceof AtomicInteger state && state.get() < 0;
  }
}
