package io.leakwatch.registry;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The account of periodic tasks: those of {@code scheduleAtFixedRate} and {@code scheduleWithFixedDelay}, and of timers.
 * When one is due, and how often, is read from its own fields at each census; nothing is noted when it runs.
 *
 * <p>{@link #onSubmitted} is called by hooks, on any thread; everything else by the one thread that takes the census.
 */
final class PeriodicTasks {
  /** No more tasks than this are in the account; further ones are dropped and counted. */
  static final int CAP = 100_000;

  private static final int INBOX_CAP = 50_000;

  /** What tells groups of tasks apart. Of what runs them, by what executors are told apart. */
  private record Key(
      OriginClass origin,
      @Nullable CreationSite scheduledAt,
      @Nullable String executorClass,
      @Nullable CreationSite executorSite,
      boolean ofTimer,
      boolean fixedRate) {}

  private final StackBudget budget;
  private final CreationSites sites;
  private final Tallies tallies;
  private final int cap;
  private final Inbox<PeriodicTask> inbox = new Inbox<>(PeriodicTask.class, INBOX_CAP);

  /** By identity hash: of two that share one, which is rare, the account has the younger. */
  private final Map<Integer, PeriodicTask> tasks = new LinkedHashMap<>();

  private Collection<LateSchedule> late = List.of();
  private long dropped;

  PeriodicTasks(StackBudget budget, CreationSites sites, Tallies tallies) {
    this(budget, sites, tallies, CAP);
  }

  /** For tests. */
  PeriodicTasks(StackBudget budget, CreationSites sites, Tallies tallies, int cap) {
    this.budget = budget;
    this.sites = sites;
    this.tallies = tallies;
    this.cap = cap;
  }

  /** Does in vain what hooks do, so that no class is loaded inside of one. */
  static void rehearse() {
    Object noSuchTask = PeriodicTasks.class;
    TimerTasks.periodOf(noSuchTask);
    PeriodicTasks account =
        new PeriodicTasks(new StackBudget(), new CreationSites(1), new Tallies());
    account.onSubmitted(noSuchTask, noSuchTask);
    account.announce(noSuchTask, noSuchTask, Thread.currentThread());
  }

  /** A task was handed in; ignores all but the periodic ones. */
  void onSubmitted(Object executor, Object task) {
    // By the executor first: its class has been looked at already, and not that of the task.
    if (executor instanceof Timer) {
      // A timer's task knows its period only now that the timer has taken it.
      if (TimerTasks.periodOf(task) != 0) {
        announce(task, executor, TimerBooks.threadOf(executor));
      }
    } else if (ScheduledTasks.periodOf(task) != 0) {
      announce(task, executor, null);
    }
  }

  /** Takes in what the hooks have seen. */
  void takeIn() {
    for (PeriodicTask task : inbox.takeAll()) {
      task.intern(sites);
      enter(task);
    }
  }

  /**
   * Towards the end of a census, when all executors are known: adopts the tasks in the queues of pools from before an
   * attach, forgets those that are over, and notes which are late.
   */
  void read(ExecutorRegistry executors) {
    adopt(executors);
    Map<Key, LateSchedule> groups = new LinkedHashMap<>();
    long nanoTime = System.nanoTime();
    long millis = System.currentTimeMillis();
    for (Iterator<PeriodicTask> all = tasks.values().iterator(); all.hasNext(); ) {
      PeriodicTask entry = all.next();
      Object task = entry.task();
      if (task == null) {
        all.remove();
        continue;
      }
      long period = periodNanos(task);
      Long due = due(task);
      if (period == 0 || due == null) {
        continue;
      }
      long lateNanos =
          task instanceof TimerTask ? TimeUnit.MILLISECONDS.toNanos(millis - due) : nanoTime - due;
      if (lateNanos < Math.abs(period)) {
        continue;
      }
      if (entry.isOver(task)) {
        all.remove();
        continue;
      }
      boolean running = isRunning(entry, task);
      // With a fixed delay a run takes as long as it takes.
      if (period > 0 || !running) {
        group(groups, entry, task, period > 0, executors)
            .add(lateNanos, Math.abs(period), due, running, thread(entry, task));
      }
    }
    late = List.copyOf(groups.values());
  }

  /** Those that were late at the last census. */
  Collection<LateSchedule> late() {
    return late;
  }

  /**
   * Where a task was scheduled, which may have been collected since the last census; {@code null} when that is unknown.
   *
   * @param identity its identity hash
   */
  @Nullable
  CreationSite scheduledAt(int identity, OriginClass origin) {
    PeriodicTask known = tasks.get(identity);
    return known != null && known.origin() == origin ? known.scheduledAt() : null;
  }

  int size() {
    return tasks.size();
  }

  long dropped() {
    return dropped + inbox.refused();
  }

  private void announce(Object task, Object executor, @Nullable Thread timerThread) {
    Throwable trace = budget.claim() ? new Throwable() : null;
    inbox.offer(new PeriodicTask(task, executor, timerThread, Tasks.originOf(task), trace));
  }

  private void enter(PeriodicTask task) {
    PeriodicTask before = tasks.get(task.identity());
    if (before == null && tasks.size() >= cap) {
      dropped++;
      return;
    }
    tasks.put(task.identity(), task);
  }

  private void adopt(ExecutorRegistry executors) {
    for (ExecutorEntry entry : executors.entries()) {
      Object pool = entry.executor();
      if (pool != null && entry.isAdopted() && entry.kind() == ExecutorKind.SCHEDULED_POOL) {
        for (Object task : ExecutorBooks.scheduledIn(pool)) {
          if (ScheduledTasks.periodOf(task) != 0
              && !tasks.containsKey(System.identityHashCode(task))) {
            enter(new PeriodicTask(task, pool, null, Tasks.originOf(task), null));
          }
        }
      }
    }
  }

  private static LateSchedule group(
      Map<Key, LateSchedule> groups,
      PeriodicTask entry,
      Object task,
      boolean fixedRate,
      ExecutorRegistry executors) {
    ExecutorEntry owner = entry.owner(executors);
    boolean ofTimer = task instanceof TimerTask;
    Key key = new Key(
        entry.origin(),
        entry.scheduledAt(),
        owner == null ? null : owner.className(),
        owner == null ? null : owner.site(),
        ofTimer,
        fixedRate);
    return groups.computeIfAbsent(key, k -> new LateSchedule(entry, owner, ofTimer, fixedRate));
  }

  private static long periodNanos(Object task) {
    return task instanceof TimerTask
        ? TimeUnit.MILLISECONDS.toNanos(TimerTasks.periodOf(task))
        : ScheduledTasks.periodOf(task);
  }

  private static @Nullable Long due(Object task) {
    return task instanceof TimerTask ? TimerTasks.timeOf(task) : ScheduledTasks.timeOf(task);
  }

  /** A timer whose task is late is at the one that it has taken last. */
  private boolean isRunning(PeriodicTask entry, Object task) {
    if (task instanceof FutureTask<?> future) {
      return Runners.runnerOf(future) != null;
    }
    Thread thread = entry.timerThread();
    Object queue = thread == null ? null : TimerBooks.queueOf(thread);
    Tallies.Tally tally = queue == null ? null : tallies.find(queue);
    return tally != null && tally.hasTaken(entry.identity());
  }

  private static @Nullable Thread thread(PeriodicTask entry, Object task) {
    return task instanceof FutureTask<?> future ? Runners.runnerOf(future) : entry.timerThread();
  }
}
