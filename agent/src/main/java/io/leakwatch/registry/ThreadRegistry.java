package io.leakwatch.registry;

import io.leakwatch.bootstrap.ThreadListener;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * The account of threads: how many have started, and of the threads whose creation stack was taken, which one it was.
 * Live threads are enumerated from the JDK when a census is taken, so nothing is stored for a thread, except where the
 * JDK does not track its virtual threads: there each is held weakly.
 *
 * <p>The {@code on…} methods are called by hooks, on any thread; {@link #census} by one thread at a time.
 */
public final class ThreadRegistry implements ThreadListener {
  /** No more threads than this have their creation site remembered one by one; others go by their task's class. */
  public static final int CAP = 200_000;

  private static final int INBOX_CAP = 100_000;

  /** Sees the live threads of a census. */
  public interface Visitor {
    /** One live thread. */
    void visit(LiveThread thread);
  }

  /**
   * A live thread in a census. Must not be kept: it holds the thread.
   *
   * @param id identifies it; larger for those made later
   * @param origin the class of its task, or its own where it has none
   * @param site where it was made; {@code null} when unknown
   * @param owner the executor it works for; {@code null} when none
   * @param work what the books of its executor say of its work
   * @param completedTasks tasks that a thread pool's worker has run to their ends
   * @param task what it runs for its executor; {@code null} when nothing, or when that is not told
   */
  public record LiveThread(
      Thread thread,
      long id,
      boolean virtual,
      OriginClass origin,
      @Nullable CreationSite site,
      @Nullable ExecutorEntry owner,
      Work work,
      long completedTasks,
      @Nullable CurrentTask task) {}

  /** What a thread is at. */
  public enum Work {
    /** A thread pool's worker that waits for a task. */
    IDLE,
    /** A thread pool's worker that runs a task. */
    TASK,
    /** It runs one thing from its start to its end, or nobody keeps books of it. */
    OWN
  }

  /** A thread whose stack was taken, or that the JDK does not track. Its task's class, not its task, is kept. */
  private static final class Sighting extends Inbox.Node {
    private WeakReference<Thread> thread;
    private final long id;
    private final OriginClass origin;
    private @Nullable Throwable trace;
    private @Nullable CreationSite site;
    private int lastSeen;

    Sighting(Thread thread, OriginClass origin, @Nullable Throwable trace) {
      this.thread = new WeakReference<>(thread);
      this.id = PlatformThreads.id(thread);
      this.origin = origin;
      this.trace = trace;
    }
  }

  private final StackBudget budget;
  private final CreationSites sites;
  private final ExecutorRegistry executors;
  private final TaskRegistry tasks;
  private final TimerBooks timers = new TimerBooks();
  /** Known for sure from the first census on. */
  private volatile boolean tracksVirtualThreads = VirtualThreads.areProbablyEnumerable();

  private final long virtualStartsBefore = OriginClass.VIRTUAL_STARTS.sum();
  private final StripedCounter started = new StripedCounter();
  private final Inbox<Sighting> inbox = new Inbox<>(Sighting.class, INBOX_CAP);

  private final VanishedThreads vanished = new VanishedThreads();
  private final Map<Long, Sighting> sightings = new HashMap<>();
  private List<OriginClass> countedBefore = new ArrayList<>();
  private int census;
  private long dropped;

  ThreadRegistry(
      StackBudget budget, CreationSites sites, ExecutorRegistry executors, TaskRegistry tasks) {
    this.budget = budget;
    this.sites = sites;
    this.executors = executors;
    this.tasks = tasks;
  }

  @Override
  public void onStart(Thread thread) {
    if (thread instanceof AgentThread own) {
      own.markStarting();
      return;
    }
    started.increment(PlatformThreads.id(thread));
    OriginClass origin = Tasks.originOf(thread, PlatformThreads.task(thread));
    if (origin.claimStack(budget)) {
      inbox.offer(new Sighting(thread, origin, new Throwable()));
    }
  }

  @Override
  public void onStartFailed(Thread thread) {
    if (!(thread instanceof AgentThread)) {
      // Its sighting, if any, goes at the next census: the thread is not alive.
      started.decrement(PlatformThreads.id(thread));
    }
  }

  @Override
  public void onExit(Thread thread) {
    if (thread instanceof AgentThread own) {
      own.markEnding();
    }
  }

  @Override
  public void onVirtualCreated(Thread thread, Runnable task) {
    OriginClass origin = Tasks.originOf(thread, task);
    boolean takeStack = origin.claimStack(budget);
    if (takeStack || !tracksVirtualThreads) {
      inbox.offer(new Sighting(thread, origin, takeStack ? new Throwable() : null));
    }
  }

  @Override
  public Object onVirtualStart(Thread thread, Runnable task) {
    LifeCounts lives = Tasks.originOf(task).lives();
    lives.countStart(PlatformThreads.id(thread));
    return lives;
  }

  @Override
  public void onVirtualExit(Thread thread, @Nullable Object startedAs) {
    if (startedAs instanceof LifeCounts lives) {
      lives.countEnd(PlatformThreads.id(thread));
    }
  }

  /** Threads of both kinds seen starting since the agent's start. Asked by one thread at a time. */
  public long startedTotal() {
    return started.sum() + OriginClass.VIRTUAL_STARTS.sum() - virtualStartsBefore;
  }

  long dropped() {
    return dropped + inbox.refused();
  }

  int remembered() {
    return sightings.size();
  }

  /** The virtual threads that are no more and had not ended, by the latest census. */
  public List<VanishedThreads.Vanished> vanished() {
    return vanished.all();
  }

  /** A live thread, of which a collection may have cleared the reference although it is still there. */
  void stillThere(Thread thread) {
    Sighting sighting = sightings.get(PlatformThreads.id(thread));
    if (sighting != null && sighting.thread.get() == null) {
      sighting.thread = new WeakReference<>(thread);
    }
  }

  /** Visits every live thread but the agent's own and the carriers of virtual threads. */
  void census(Visitor visitor) {
    census++;
    tracksVirtualThreads = VirtualThreads.areEnumerable();
    OriginClass.tidy();
    timers.beginCensus();
    vanished.beginCensus();
    takeInSightings();
    List<OriginClass> counted = new ArrayList<>();
    try {
      for (Thread thread : PlatformThreads.all()) {
        if (!(thread instanceof AgentThread) && !VirtualThreads.isCarrier(thread)) {
          visit(thread, false, PlatformThreads.task(thread), visitor, counted);
        }
      }
      visitVirtualThreads(visitor, counted);
      vanished.endCensus(
          VirtualThreads.areTasksKnown() && (tracksVirtualThreads || dropped() == 0));
    } finally {
      endCounts(counted);
    }
    // Not seen is not ended: a thread may have been made and not started yet, or have come to life
    // behind the census.
    sightings.values().removeIf(s -> s.lastSeen != census && hasEnded(s));
  }

  private void endCounts(List<OriginClass> counted) {
    // A class that has no live thread any more was not counted, and must learn that as well.
    Set<OriginClass> all = new HashSet<>(countedBefore);
    all.addAll(counted);
    all.forEach(OriginClass::endCensus);
    countedBefore = counted;
  }

  private void visitVirtualThreads(Visitor visitor, List<OriginClass> counted) {
    if (tracksVirtualThreads) {
      try {
        VirtualThreads.forEach(t -> visit(t, true, VirtualThreads.task(t), visitor, counted));
      } catch (Throwable e) {
        throw new IllegalStateException("virtual threads cannot be enumerated: " + e, e);
      }
      return;
    }
    for (Sighting sighting : new ArrayList<>(sightings.values())) {
      Thread thread = sighting.thread.get();
      if (thread != null && thread.isAlive() && VirtualThreads.isVirtual(thread)) {
        visit(thread, true, VirtualThreads.task(thread), visitor, counted);
      }
    }
  }

  private void visit(
      Thread thread,
      boolean virtual,
      @Nullable Runnable task,
      Visitor visitor,
      List<OriginClass> counted) {
    long id = PlatformThreads.id(thread);
    Sighting sighting = sightings.get(id);
    OriginClass origin;
    CreationSite site;
    if (sighting == null) {
      origin = Tasks.originOf(thread, task);
      site = origin.onlySite();
    } else {
      sighting.lastSeen = census;
      origin = sighting.origin;
      site = sighting.site != null ? sighting.site : origin.onlySite();
    }
    if (origin.countLive()) {
      counted.add(origin);
      if (virtual) {
        vanished.watch(origin);
      }
    }
    if (virtual) {
      vanished.see(origin);
    }
    Object runner = Runners.runnerIn(task);
    ExecutorEntry owner = executors.ownerOf(thread, runner);
    Work work = Work.OWN;
    long completed = 0;
    if (runner != null && Runners.isWorker(runner)) {
      work = ExecutorBooks.isRunningTask(runner) ? Work.TASK : Work.IDLE;
      completed = ExecutorBooks.completedTasks(runner);
    }
    CurrentTask current = owner == null ? null : currentTask(thread, runner, owner, completed);
    if (owner != null) {
      owner.countThread(current != null, completed);
      if (runner != task) {
        owner.countFailed(tasks.takeFailed(thread));
      }
    }
    visitor.visit(
        new LiveThread(thread, id, virtual, origin, site, owner, work, completed, current));
  }

  private @Nullable CurrentTask currentTask(
      Thread thread, @Nullable Object runner, ExecutorEntry owner, long completed) {
    if (thread instanceof ForkJoinWorkerThread worker) {
      return ForkJoinBooks.currentTask(worker);
    }
    if (owner.kind() == ExecutorKind.TIMER) {
      return timers.currentTask(thread, owner.taken());
    }
    if (runner != null && Runners.isWorker(runner)) {
      return ExecutorBooks.isRunningTask(runner) ? new CurrentTask(completed) : null;
    }
    return owner.kind() == ExecutorKind.THREAD_PER_TASK ? CurrentTask.ONLY : null;
  }

  private void takeInSightings() {
    for (Sighting sighting : inbox.takeAll()) {
      Throwable trace = sighting.trace;
      // The backtrace keeps classes alive; the frames' text does not.
      sighting.trace = null;
      if (sightings.containsKey(sighting.id)) {
        // A thread started a second time, which fails. It was made where it was started first.
        continue;
      }
      if (VirtualThreads.exist()) {
        vanished.watch(sighting.origin);
      }
      if (trace != null) {
        sighting.site = sites.intern(trace);
        if (sighting.site != null) {
          sighting.origin.addSite(sighting.site);
        }
      }
      if (sighting.thread.get() == null) {
        continue;
      }
      if (sightings.size() >= CAP) {
        dropped++;
      } else {
        sightings.put(sighting.id, sighting);
      }
    }
  }

  private static boolean hasEnded(Sighting sighting) {
    Thread thread = sighting.thread.get();
    return thread == null || PlatformThreads.state(thread) == Thread.State.TERMINATED;
  }
}
