package io.leakwatch.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole account: threads, executors and tasks, which share their creation sites. */
public final class Registry {
  /** Once, and once more for what is different with something there already. */
  static final int REHEARSALS = 2;

  /** Rough heap size of what is kept for one entry, in bytes. */
  private static final long BYTES_PER_SIGHTING = 200;

  private static final long BYTES_PER_EXECUTOR = 150;
  private static final long BYTES_PER_SITE = 4_000;

  private final StackBudget budget = new StackBudget();
  private final CreationSites sites;
  private final ExecutorRegistry executors;
  private final TaskRegistry tasks;
  private final ThreadRegistry threads;

  /** Keeps at most {@code stackDepth} frames of a creation stack. */
  public Registry(int stackDepth) {
    this.sites = new CreationSites(stackDepth);
    this.tasks = new TaskRegistry(sites);
    this.executors = new ExecutorRegistry(budget, sites, tasks);
    this.threads = new ThreadRegistry(budget, sites, executors, tasks);
  }

  /**
   * Runs every hook's path on a throw-away account, so that no hook ever loads or initialises a class. Called before
   * the hooks are armed.
   */
  public static void rehearse() {
    Registry registry = new Registry(1);
    Runnable task = new RehearsedTask();
    // Named, so that the numbers of the application's threads do not shift; never started.
    Thread thread = new Thread(null, task, "leakwatch-rehearsal", 0, false);
    Throwable rehearsed = new Throwable();
    for (int i = 0; i < REHEARSALS; i++) {
      registry.threads.onStart(thread);
      registry.threads.onStartFailed(thread);
      registry.threads.onExit(thread);
      registry.threads.onVirtualCreated(thread, task);
      registry.threads.onVirtualExit(thread, registry.threads.onVirtualStart(thread, task));
      registry.executors.onCreated(registry);
      registry.tasks.onSubmitted(registry, task);
      registry.tasks.onRejected(registry);
      registry.tasks.onFailed(task, rehearsed);
      registry.tasks.onWorkerEnded(registry, true);
      registry.tasks.onUncaught(thread, rehearsed);
      registry.tasks.onCancelling(task);
      registry.tasks.onTimerTaskTaken(registry);
      registry.tasks.onTimerCleared(registry);
      PeriodicTasks.rehearse();
      StoppedSchedules.rehearse();
    }
  }

  /**
   * Initialises what a census may need for the first time when there is no memory left for it: a class whose initialisation fails
   * is lost for the life of the JVM. Not what makes the JDK's scheduler of virtual threads, where there are none. Called when the
   * application has started.
   */
  public static void prepare() throws ClassNotFoundException {
    for (Class<?> type : List.of(
        DueTasks.class,
        EntryMethods.class,
        ExecutorBooks.class,
        ForkJoinBooks.class,
        LockBooks.class,
        QueuedTasks.class,
        ThreadMeters.class)) {
      Class.forName(type.getName(), true, Registry.class.getClassLoader());
    }
    VirtualThreads.areEnumerable();
  }

  public ThreadRegistry threads() {
    return threads;
  }

  public ExecutorRegistry executors() {
    return executors;
  }

  public TaskRegistry tasks() {
    return tasks;
  }

  /**
   * Visits every live thread and brings the executors' entries up to date. One thread at a time; holds threads and
   * executors strongly only until it returns.
   */
  public void census(ThreadRegistry.Visitor visitor) {
    budget.nextEpoch();
    tasks.nextEpoch();
    census(visitor, true);
  }

  /**
   * The same between two censuses, because somebody asks: what is counted by censuses, such as those without progress, does
   * not count it.
   */
  public void extraCensus(ThreadRegistry.Visitor visitor) {
    census(visitor, false);
  }

  /** Belongs to the census: the place of a stack that a hook has taken; {@code null} when nothing is left of it. */
  @Nullable
  CreationSite siteOf(@Nullable Throwable trace) {
    return trace == null ? null : sites.intern(trace);
  }

  /** Entries refused because a cap was reached. */
  public long dropped() {
    return threads.dropped() + executors.dropped() + tasks.dropped();
  }

  /** Estimated size of the account on the heap. */
  public long heapBytes() {
    return (threads.remembered() + tasks.remembered()) * BYTES_PER_SIGHTING
        + executors.entries().size() * BYTES_PER_EXECUTOR
        + sites.size() * BYTES_PER_SITE;
  }

  /** Does nothing. Not a lambda expression: the first of these takes 10 ms. */
  private static final class RehearsedTask implements Runnable {
    @Override
    public void run() {}
  }

  private void census(ThreadRegistry.Visitor visitor, boolean counts) {
    try {
      executors.beginCensus();
      tasks.takeIn(executors);
      threads.census(visitor);
      tasks.readPeriodicTasks(executors);
    } finally {
      executors.endCensus(counts);
    }
  }
}
