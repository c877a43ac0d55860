package io.leakwatch.registry;

import io.leakwatch.frames.Frames;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One executor or timer in the account. Held weakly: an executor that nobody uses any more and that has no threads is
 * the garbage collector's business. Belongs to the thread that takes the census.
 */
public final class ExecutorEntry {
  private WeakReference<Object> executor;

  private final long sequence;
  private final ExecutorKind kind;
  private final String className;

  private final boolean theJvmsOwn;

  private @Nullable CreationSite site;
  private boolean adopted;
  private boolean shutDown;
  private boolean unbounded;
  private @Nullable Duration idleTimeout;
  private int liveThreads;
  private int runningTasks;
  private long queuedTasks;
  private long runnableTasks;
  private int maximumThreads;
  private long completedTasks;
  private long completedBefore;
  private long completedByWorkers;
  private long failedTasks;
  private long failedThroughWrappers;
  private long rejectedTasks;
  private long cancelledTasks;
  private long takenTasks;
  private int censusesIdle;

  /**
   * An executor in the account.
   *
   * @param executor what stands for it; see {@link ExecutorBooks#identity}
   * @param className its class
   */
  ExecutorEntry(
      Object executor,
      String className,
      long sequence,
      @Nullable CreationSite site,
      boolean adopted) {
    this.executor = new WeakReference<>(executor);
    this.sequence = sequence;
    this.kind = ExecutorKind.of(executor);
    this.className = className;
    this.site = site;
    this.adopted = adopted;
    // There is an instance, so asking for the common pool makes none.
    this.theJvmsOwn = executor instanceof ForkJoinPool && executor == ForkJoinPool.commonPool();
  }

  /** The same executor, of which a collection may have cleared the reference although it is still there. */
  void stillThere(@Nullable Object same) {
    if (executor.get() == null && same != null) {
      executor = new WeakReference<>(same);
    }
  }

  /** Its number in the order of creation; larger for younger ones. */
  public long sequence() {
    return sequence;
  }

  public ExecutorKind kind() {
    return kind;
  }

  /** Its class, which may be a subclass of the application's. */
  public String className() {
    return className;
  }

  /** Where it was made; {@code null} when that is unknown. */
  public @Nullable CreationSite site() {
    return site;
  }

  /** Whether it belongs to the JVM, so that nobody has to shut it down. */
  public boolean isTheJvmsOwn() {
    return theJvmsOwn;
  }

  /** Whether it was found through one of its threads and its creation was not seen: it was there before the agent. */
  public boolean isAdopted() {
    return adopted;
  }

  /** Whether it was shut down, or cancelled, at the last census. */
  public boolean isShutDown() {
    return shutDown;
  }

  /** Whether it makes threads without limit. */
  public boolean isUnbounded() {
    return unbounded;
  }

  /** After what time its last idle thread ends by itself; {@code null} when never. */
  public @Nullable Duration idleTimeout() {
    return idleTimeout;
  }

  /** Its live threads at the last census. */
  public int liveThreads() {
    return liveThreads;
  }

  /** Tasks that its workers were running at the last census. */
  public int runningTasks() {
    return runningTasks;
  }

  /**
   * For how many censuses in a row no task of a thread pool has ended. Always 0 for other kinds, which do not keep count.
   */
  public int censusesWithoutProgress() {
    return censusesIdle;
  }

  /** Tasks in its queue at the last census. */
  public long queuedTasks() {
    return queuedTasks;
  }

  /** Tasks in its queue at the last census that a worker could have run; those of a scheduled pool when they are due. */
  public long runnableTasks() {
    return runnableTasks;
  }

  /** Tasks that it has run to their ends, also before the agent; -1 where nobody keeps count. */
  public long finishedTasks() {
    return switch (kind) {
      case THREAD_POOL, SCHEDULED_POOL -> completedTasks;
      case FORK_JOIN_POOL -> Math.max(0, completedByWorkers - runningTasks);
      case TIMER -> Math.max(0, takenTasks - runningTasks);
      case THREAD_PER_TASK -> -1;
    };
  }

  /** Tasks that have thrown since the agent's start. */
  public long failedTasks() {
    return failedTasks + failedThroughWrappers;
  }

  /** Tasks that it did not take since the agent's start. */
  public long rejectedTasks() {
    return rejectedTasks;
  }

  /** Tasks that were cancelled since the agent's start, as far as they could be told to be this executor's. */
  public long cancelledTasks() {
    return cancelledTasks;
  }

  /** What it is called beside its kind: a class that is not the JDK's, or that it is the common pool; empty for others. */
  public String name() {
    return theJvmsOwn ? "the common pool" : Frames.isJdk(className) ? "" : className;
  }

  /** Whether its queue is one: what is handed in first is run first. */
  public boolean isInOrder() {
    Object live = executor();
    return live != null && QueuedTasks.isInOrder(live);
  }

  /** Visits at most {@code limit} of the tasks that wait in it now; in a queue that is one, the oldest first. */
  public void visitQueued(int limit, BiConsumer<OriginClass, @Nullable Long> visitor) {
    Object live = executor();
    if (live != null) {
      QueuedTasks.visit(live, limit, visitor);
    }
  }

  /** How many threads it may have; {@link Integer#MAX_VALUE} when there is no limit. */
  public int maximumThreads() {
    return maximumThreads;
  }

  /** The executor, or {@code null} when it was collected. */
  @Nullable
  Object executor() {
    return executor.get();
  }

  /** Its creation was seen after all: one of its threads was met in a census that had already read the announcements. */
  void announced(@Nullable CreationSite seenAt) {
    site = seenAt;
    adopted = false;
  }

  /** Tasks that a timer has taken from its queue since the agent's start. */
  long taken() {
    return takenTasks;
  }

  /**
   * Begins a census.
   *
   * @param tally what hooks have counted of it, of a timer's queue; {@code null} when nothing
   */
  void beginCensus(Object live, Tallies.@Nullable Tally tally) {
    if (tally != null) {
      failedTasks = tally.failed();
      rejectedTasks = tally.rejected();
      cancelledTasks = tally.cancelled();
      takenTasks = tally.taken();
    }
    liveThreads = 0;
    runningTasks = 0;
    completedTasks = ExecutorBooks.completedByEndedWorkers(live);
    shutDown = ExecutorBooks.isShutDown(live);
    unbounded = ExecutorBooks.isUnbounded(live);
    idleTimeout = ExecutorBooks.idleTimeout(live);
    queuedTasks = ExecutorBooks.queued(live);
    runnableTasks = switch (kind) {
      case SCHEDULED_POOL -> ExecutorBooks.due(live);
      case TIMER -> TimerBooks.due(live, System.currentTimeMillis());
      case THREAD_POOL, FORK_JOIN_POOL, THREAD_PER_TASK -> queuedTasks;
    };
    maximumThreads = ExecutorBooks.maximumThreads(live);
    completedByWorkers = kind == ExecutorKind.FORK_JOIN_POOL ? ForkJoinBooks.finished(live) : 0;
  }

  /**
   * Counts one of its live threads.
   *
   * @param running whether it runs a task
   * @param completed tasks it has run to their ends
   */
  void countThread(boolean running, long completed) {
    liveThreads++;
    completedTasks += completed;
    if (running) {
      runningTasks++;
    }
  }

  /** Counts tasks that have thrown in a worker with something around it. */
  void countFailed(long failed) {
    failedThroughWrappers += failed;
  }

  /** Ends a census that counts. */
  void endCensus() {
    censusesIdle = kind == ExecutorKind.THREAD_POOL && completedTasks == completedBefore
        ? censusesIdle + 1
        : 0;
    completedBefore = completedTasks;
  }
}
