package io.leakwatch.sample;

import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import io.leakwatch.registry.ThreadRegistry.Work;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Follows, from sample to sample, the executors whose tasks somebody waits for: since when the same tasks have been running
 * in each, and since when their workers have been in the same frames. Numbers only are kept between samples; the workers
 * themselves, one for each executor, while a sample is taken.
 *
 * <p>Used by the sampler only.
 */
final class Standstills {
  /** Executors whose workers are looked at; a look costs about 10 µs. The others count as moving. */
  private static final int EXECUTORS_LOOKED_AT = 64;

  private static final int LOOKS_PER_EXECUTOR = 8;

  /** Looks that find an idle worker do not count, up to this many for an executor. */
  private static final int IDLE_LOOKS_PER_EXECUTOR = 64;

  /** A worker's frames and what it is parked on: a hash of them, and the first sample that saw it there. */
  private record FramesMark(int hash, int since) {}

  /**
   * An executor at a sample.
   *
   * @param tasks changes with each task that ends, and with each worker that comes or goes
   * @param since the first sample at which it was shut down, or not, and at these tasks
   * @param handedOver whether it was shut down when it was hardly made, and no task has ended since
   */
  private record TasksMark(boolean shutDown, long tasks, int since, boolean handedOver) {}

  /** What the running census has seen of an executor. */
  static final class Standstill {
    private final ExecutorEntry executor;
    private final boolean lookedAt;
    private long tasks;
    private boolean tasksEnded;
    private int workers;
    private int atWork;
    private int looks;
    private int idleLooks;
    private @Nullable Thread holder;
    private boolean holderMayMove = true;
    private boolean anyMayMove;
    private int latestFrames;
    private int holderSince = Integer.MAX_VALUE;
    private int since;
    private boolean handedOver;

    private Standstill(ExecutorEntry executor, boolean lookedAt) {
      this.executor = executor;
      this.lookedAt = lookedAt;
    }

    ExecutorEntry executor() {
      return executor;
    }

    /** Whether a worker that was looked at waits without a timeout, and for no I/O. */
    private boolean isMotionless() {
      return holder != null && !holderMayMove;
    }

    /** The sample since which the worker that moves least has been in the same frames. */
    private int motionlessSince() {
      return Math.max(since, holderSince);
    }

    /**
     * The sample since which all its workers have been at the same tasks, and those that were looked at in the same wait
     * without a timeout; {@link Integer#MAX_VALUE} when that is not so.
     */
    int stuckSince() {
      return atWork < workers || looks == 0 || anyMayMove
          ? Integer.MAX_VALUE
          : Math.max(since, latestFrames);
    }

    private void offerHolder(Thread thread, boolean mayMove, int framesSince) {
      anyMayMove |= mayMove;
      latestFrames = Math.max(latestFrames, framesSince);
      if (holder == null
          || (holderMayMove && !mayMove)
          || (holderMayMove == mayMove && framesSince < holderSince)) {
        holder = thread;
        holderMayMove = mayMove;
        holderSince = framesSince;
      }
    }
  }

  private Map<Long, TasksMark> tasksMarks = new HashMap<>();
  private Map<Long, FramesMark> framesMarks = new HashMap<>();
  private Map<Long, TasksMark> nextTasksMarks = new HashMap<>();
  private Map<Long, FramesMark> nextFramesMarks = new HashMap<>();
  private Map<ExecutorEntry, Standstill> seen = new HashMap<>();
  private int index;

  /** Begins sample {@code index}; forgets what a failed one has left. */
  void beginSample(int index) {
    this.index = index;
    nextTasksMarks = new HashMap<>();
    nextFramesMarks = new HashMap<>();
    seen = new HashMap<>();
  }

  /** Takes in one live thread of an executor. */
  void visit(LiveThread live, ExecutorEntry executor) {
    boolean somebodyWaits = executor.isShutDown() || executor.runnableTasks() > 0;
    if (!somebodyWaits || executor.isTheJvmsOwn()) {
      return;
    }
    Standstill standstill =
        seen.computeIfAbsent(executor, e -> new Standstill(e, seen.size() < EXECUTORS_LOOKED_AT));
    // A sum, because threads come in no order.
    standstill.tasks += mixed(31 * live.id() + live.completedTasks());
    standstill.workers++;
    standstill.tasksEnded |= live.completedTasks() > 0;
    if (live.work() != Work.IDLE) {
      look(live, standstill);
    }
  }

  /**
   * Dates what the census has seen.
   *
   * @param bornAt the first sample that an executor was there at
   * @return the executors in which a worker is at work
   */
  Collection<Standstill> endCensus(ToIntFunction<ExecutorEntry> bornAt) {
    for (Standstill standstill : seen.values()) {
      ExecutorEntry executor = standstill.executor;
      TasksMark before = tasksMarks.get(executor.sequence());
      if (before == null || before.shutDown() != executor.isShutDown()) {
        standstill.since = index;
        standstill.handedOver = !standstill.tasksEnded && bornAt.applyAsInt(executor) >= index - 1;
      } else if (before.tasks() == standstill.tasks) {
        standstill.since = before.since();
        standstill.handedOver = before.handedOver();
      } else {
        standstill.since = index;
        standstill.handedOver = false;
      }
      nextTasksMarks.put(
          executor.sequence(),
          new TasksMark(
              executor.isShutDown(), standstill.tasks, standstill.since, standstill.handedOver));
    }
    tasksMarks = nextTasksMarks;
    framesMarks = nextFramesMarks;
    return seen.values().stream().filter(s -> s.atWork > 0).toList();
  }

  /** Lets go of the workers, also when the sample has failed. */
  void endSample() {
    seen = new HashMap<>();
  }

  /** The held executors of a site, and as many of their workers as {@code looks} looked at. */
  static HeldExecutors held(List<Standstill> executors, int looks, int stackDepth) {
    if (executors.isEmpty()) {
      return HeldExecutors.NONE;
    }
    OldestThreads holders = new OldestThreads();
    for (Standstill held : executors) {
      Thread holder = held.holder;
      if (holder != null) {
        // Those that may move come last: it is not they.
        holders.offer(holder, held.motionlessSince() + (held.isMotionless() ? 0L : 1L << 32));
      }
    }
    return new HeldExecutors(
        group(executors.stream().filter(e -> !e.handedOver).toList()),
        group(executors.stream().filter(e -> e.handedOver).toList()),
        executors.stream().mapToLong(e -> e.atWork).sum(),
        holders.names(),
        holders.details(looks, stackDepth));
  }

  private static HeldExecutors.Group group(List<Standstill> executors) {
    return new HeldExecutors.Group(
        Cohorts.bornAt(executors.stream().mapToInt(e -> e.since)),
        Cohorts.bornAt(executors.stream()
            .filter(Standstill::isMotionless)
            .mapToInt(Standstill::motionlessSince)));
  }

  private void look(LiveThread live, Standstill standstill) {
    boolean keepsNoBooks = standstill.executor.kind() == ExecutorKind.FORK_JOIN_POOL;
    if (!keepsNoBooks) {
      standstill.atWork++;
    }
    if (!standstill.lookedAt
        || standstill.looks >= LOOKS_PER_EXECUTOR
        || standstill.idleLooks >= IDLE_LOOKS_PER_EXECUTOR) {
      return;
    }
    StackTraceElement[] stack = PlatformThreads.stack(live.thread());
    if (stack.length == 0 || (keepsNoBooks && isIdleForkJoinWorker(stack))) {
      standstill.idleLooks++;
      return;
    }
    standstill.looks++;
    // What it is parked on tells two waits from each other that a loop makes in the same place.
    int hash = 31 * Arrays.hashCode(stack)
        + System.identityHashCode(LockSupport.getBlocker(live.thread()));
    FramesMark before = framesMarks.get(live.id());
    FramesMark now = before != null && before.hash() == hash ? before : new FramesMark(hash, index);
    nextFramesMarks.put(live.id(), now);
    if (keepsNoBooks) {
      standstill.atWork++;
      // Its workers do not count what they have done: who moves makes progress.
      standstill.tasks += mixed(hash);
    }
    standstill.offerHolder(live.thread(), mayMove(live.thread(), stack), now.since());
  }

  /**
   * Whether a thread in the same frames as before may have been elsewhere in between, so that its frames prove nothing: a
   * loop that reads from a socket is in the same read at each look.
   */
  private static boolean mayMove(Thread thread, StackTraceElement[] stack) {
    return switch (PlatformThreads.state(thread)) {
      case WAITING ->
        // Where a virtual thread waits for I/O.
        Arrays.stream(stack).anyMatch(f -> f.getClassName().startsWith("sun.nio.ch."));
      case BLOCKED -> false;
      default -> true;
    };
  }

  private static boolean isIdleForkJoinWorker(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(f -> f.getClassName().equals("java.util.concurrent.ForkJoinPool")
            && f.getMethodName().equals("awaitWork"));
  }

  /** Spreads a number over all bits, so that sums of such hardly ever meet by chance. */
  private static long mixed(long number) {
    long z = (number + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    return (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
  }
}
