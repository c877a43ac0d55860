package io.leakwatch.registry;

import io.leakwatch.bootstrap.TaskListener;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The account of tasks: where those of a class are handed in, and of each executor how many failed, were refused or
 * cancelled. How many run and have run is in the executors' own books. No task is kept, and of a task that merely runs to
 * its end nothing is noted at all.
 *
 * <p>The {@code on…} methods are called by hooks, on any thread; everything else by the one thread that takes the census.
 */
public final class TaskRegistry implements TaskListener {
  /** No more ways into tasks than this are known; a further one takes the place of the one that was not seen for longest. */
  static final int CAP = 10_000;

  /** As many classes are known for one method: one for each place that names it, as a reference to it does. */
  private static final int MOST_CLASSES = 16;

  private static final int INBOX_CAP = 10_000;

  /** A submission whose stack was taken. */
  private static final class Submission extends Inbox.Node {
    private final OriginClass origin;
    private final WeakReference<Class<?>> taskClass;
    private final Throwable trace;

    Submission(OriginClass origin, Class<?> taskClass) {
      this.origin = origin;
      this.taskClass = new WeakReference<>(taskClass);
      this.trace = new Throwable();
    }
  }

  private final StackBudget budget = new StackBudget();
  private final SeenEnough seenEnough = new SeenEnough();
  private final CreationSites sites;
  private final Inbox<Submission> inbox = new Inbox<>(Submission.class, INBOX_CAP);
  private final Tallies tallies = new Tallies();
  private final Tallies.Tally elsewhere = new Tallies.Tally();
  private final PeriodicTasks periodic;
  private final StoppedSchedules stopped = new StoppedSchedules();

  private final Map<String, Set<OriginClass>> byEntry = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Set<OriginClass>> eldest) {
      return size() > CAP;
    }
  };

  TaskRegistry(CreationSites sites) {
    this.sites = sites;
    this.periodic = new PeriodicTasks(budget, sites, tallies);
  }

  @Override
  public void onSubmitted(Object receiver, @Nullable Object task) {
    if (task == null || Stages.isAsync(task)) {
      // Of a stage its constructor has told.
      return;
    }
    // With thousands of classes the budget is spent soon, and a look at each task's class is what
    // costs.
    if (!budget.isSpent()) {
      Object inner = Tasks.withoutCommon(task);
      if (!seenEnough.contains(inner.getClass())) {
        look(inner);
      }
    }
    periodic.onSubmitted(receiver, task);
  }

  private void look(Object task) {
    OriginClass origin = Tasks.originOf(task);
    if (!origin.isTheJdks() && origin.claimSubmission(budget)) {
      inbox.offer(new Submission(origin, Tasks.innermost(task).getClass()));
    } else if (origin.refersTo(task.getClass())) {
      // Not what is around other tasks.
      seenEnough.add(task.getClass());
    }
  }

  @Override
  public void onRejected(Object executor) {
    // What a timer does is counted for its queue, which is all that some hooks see of it.
    Object counted = executor instanceof Timer ? TimerBooks.queueOf(executor) : executor;
    Tallies.Tally tally = counted == null ? null : tallies.of(counted);
    if (tally != null) {
      tally.countRejected();
    }
  }

  @Override
  public void onFailed(Object task, @Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    stopped.onTaskFailed(task, failure);
    Object executor = ScheduledTasks.poolOf(task);
    Thread current = Thread.currentThread();
    if (executor == null) {
      executor = executorOf(task, current);
    }
    // A worker that a thread factory has put something around is looked through by the census.
    countFailed(executor == null && !VirtualThreads.isVirtual(current) ? current : executor);
  }

  @Override
  public void onWorkerEnded(Object pool, boolean abruptly) {
    if (abruptly) {
      countFailed(pool);
    }
  }

  @Override
  public void onUncaught(Thread thread, @Nullable Throwable failure) {
    // A thread pool's worker has told it already.
    if (!(thread instanceof AgentThread)) {
      Object task = Runners.taskOf(thread);
      countFailed(Runners.isOfThreadPerTask(task) ? Runners.executorOf(thread, task) : null);
      Object queue = TimerBooks.queueOf(thread);
      Tallies.Tally tally = queue == null ? null : tallies.find(queue);
      if (tally != null && failure != null) {
        stopped.onTimerDied(thread, tally, failure);
      }
    }
  }

  @Override
  public void onCancelling(Object task) {
    if (!(task instanceof FutureTask<?> future) || !StoppedSchedules.isUndecided(future)) {
      return;
    }
    Object executor = ScheduledTasks.poolOf(future);
    if (executor == null) {
      Thread runner = Runners.runnerOf(future);
      executor = runner == null ? Runners.executorOfBound(future) : executorOf(future, runner);
    }
    Tallies.Tally tally = executor == null ? elsewhere : tallies.of(executor);
    if (tally != null) {
      tally.countCancelled();
    }
  }

  @Override
  public void onTimerTaskTaken(Object queue) {
    Tallies.Tally tally = tallies.of(queue);
    if (tally != null) {
      tally.countTaken();
      Object task = TimerBooks.next(queue);
      if (task != null) {
        tally.taking(Tasks.originOf(task), System.identityHashCode(task));
      }
    }
  }

  @Override
  public void onTimerCleared(Object queue) {
    Tallies.Tally tally = tallies.of(queue);
    if (tally != null) {
      tally.countCleared(TimerBooks.scheduledIn(queue));
    }
  }

  /** The periodic tasks that were dropped, up to the last census, because they threw. */
  public Collection<StoppedSchedule> stoppedSchedules() {
    return stopped.all();
  }

  /** The periodic tasks that were late by a period or more at the last census, by groups. */
  public Collection<LateSchedule> lateSchedules() {
    return periodic.late();
  }

  /** Tasks that were cancelled and whose executor could not be told: most of them had not begun to run. */
  public long cancelledElsewhere() {
    return elsewhere.cancelled();
  }

  /**
   * The classes of tasks that are entered by a method, as far as they were seen being handed in.
   *
   * @param method such as {@code com.acme.Refresh.run}
   */
  public Collection<OriginClass> enteredBy(String method) {
    Set<OriginClass> known = byEntry.get(method);
    return known == null ? List.of() : known;
  }

  /** What happened in tasks that a thread ran, whose executor was not found then; not told again. */
  long takeFailed(Thread thread) {
    Tallies.Tally tally = tallies.find(thread);
    return tally == null ? 0 : tally.takeFailed();
  }

  /** What happened to an executor, or a timer's queue; {@code null} when nothing did. */
  Tallies.@Nullable Tally tally(Object executor) {
    return tallies.find(executor);
  }

  /** From now on stacks are taken anew. */
  void nextEpoch() {
    budget.nextEpoch();
    seenEnough.clear();
  }

  /** Takes in what the hooks have seen. */
  void takeIn(ExecutorRegistry executors) {
    for (Submission submission : inbox.takeAll()) {
      CreationSite site = sites.intern(submission.trace);
      if (site != null) {
        submission.origin.addSubmission(site);
      }
      Class<?> taskClass = submission.taskClass.get();
      String entry = taskClass == null ? null : submission.origin.entry(taskClass);
      if (entry != null) {
        Set<OriginClass> known = byEntry.computeIfAbsent(entry, e -> new LinkedHashSet<>(1));
        if (known.size() < MOST_CLASSES) {
          known.add(submission.origin);
        }
      }
    }
    tallies.sweep();
    periodic.takeIn();
    stopped.takeIn(executors::siteOf, this::scheduledAt);
  }

  /** Towards the end of a census, when all executors are known. */
  void readPeriodicTasks(ExecutorRegistry executors) {
    periodic.read(executors);
  }

  long dropped() {
    return inbox.refused() + tallies.refused() + stopped.dropped() + periodic.dropped();
  }

  int remembered() {
    return byEntry.size() + tallies.size() + periodic.size();
  }

  private void countFailed(@Nullable Object executor) {
    Tallies.Tally tally = executor == null ? null : tallies.of(executor);
    if (tally != null) {
      tally.countFailed();
    }
  }

  /** Where a periodic task was scheduled; else where those of its class are handed in, if that is one place. */
  private @Nullable CreationSite scheduledAt(int identity, OriginClass origin) {
    CreationSite own = periodic.scheduledAt(identity, origin);
    List<CreationSite> all = origin.submittedAt();
    return own == null && all.size() == 1 ? all.get(0) : own;
  }

  private static @Nullable Object executorOf(Object task, Thread runner) {
    Object bound = Runners.executorOfBound(task);
    return bound != null ? bound : Runners.executorOf(runner);
  }
}
