package io.leakwatch.registry;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Reads which virtual thread each carrier carries, and how many wait for one. Reads fields only; costs as much as there are
 * carriers, whatever the number of virtual threads.
 *
 * <p>What tells one mount from another is how many tasks the carrier has taken so far, by the books of its fork-join queue:
 * each mount begins with a task that is taken, from another queue ({@code nsteals}) or from its own ({@code base}). One
 * way leaves no trace in them: the only task in its own queue is taken from the other end, which a push then moves back. Only
 * what runs on the carrier pushes there, and each push allocates a task; see {@link ThreadMeters#allocated}.
 *
 * <p>Not initialised before there was a virtual thread: the constants are read from the JDK's class.
 */
public final class Carriers {
  /**
   * What the carriers were at. Must not be kept: it holds threads.
   *
   * @param carriers how many there are, idle ones included
   * @param waiting virtual threads that wait for a carrier, and timers that would wake one
   * @param taken tasks that carriers have taken from other queues than their own, over all time
   */
  public record Look(int carriers, long waiting, long taken, List<Mount> mounts) {}

  /**
   * A virtual thread on its carrier. Must not be kept: it holds both.
   *
   * @param taken changes with each task that the carrier takes, but for those that come from what it carries itself
   * @param waits whether it waits, and keeps its carrier
   */
  public record Mount(Thread carrier, Thread thread, long taken, boolean waits) {}

  /** No state's number. */
  private static final int UNKNOWN = -2;

  private static final @Nullable Class<?> QUEUE =
      JdkLookup.find("java.util.concurrent.ForkJoinPool$WorkQueue");
  private static final @Nullable UnsafeField QUEUE_OF =
      JdkLookup.field(ForkJoinWorkerThread.class, "workQueue");
  private static final @Nullable UnsafeField STEALS = JdkLookup.field(QUEUE, "nsteals");
  private static final @Nullable UnsafeField BASE = JdkLookup.field(QUEUE, "base");
  private static final @Nullable UnsafeField CONTINUATION = JdkLookup.field(Thread.class, "cont");
  private static final @Nullable UnsafeField TARGET =
      JdkLookup.field(JdkLookup.find("jdk.internal.vm.Continuation"), "target");
  private static final @Nullable UnsafeField MOUNTED = JdkLookup.field(
      JdkLookup.find("java.lang.VirtualThread$VThreadContinuation$1"), "val$vthread");
  private static final int PINNED = VirtualThreads.stateNamed("PINNED", UNKNOWN);
  private static final int TIMED_PINNED = VirtualThreads.stateNamed("TIMED_PINNED", UNKNOWN);
  private static final boolean READABLE = countsBeforeItRuns();

  private Carriers() {}

  /** What the carriers are at now; {@code null} where this JDK keeps other books. */
  public static @Nullable Look look() {
    if (!READABLE || PINNED == UNKNOWN || TIMED_PINNED == UNKNOWN) {
      return null;
    }
    List<Mount> mounts = new ArrayList<>();
    ForkJoinPool pool = null;
    int carriers = 0;
    for (Thread thread : PlatformThreads.all()) {
      if (VirtualThreads.isCarrier(thread) && thread instanceof ForkJoinWorkerThread carrier) {
        carriers++;
        pool = carrier.getPool();
        Mount mount = mount(carrier);
        if (mount != null) {
          mounts.add(mount);
        }
      }
    }
    return pool == null
        ? null
        : new Look(
            carriers,
            pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount(),
            pool.getStealCount(),
            mounts);
  }

  /** Whether a carrier is still in the same mount. */
  public static boolean isStill(Mount mount) {
    if (!(mount.carrier() instanceof ForkJoinWorkerThread carrier)) {
      return false;
    }
    Mount now = mount(carrier);
    return now != null && now.thread() == mount.thread() && now.taken() == mount.taken();
  }

  /**
   * Read between two equal readings of the count, so that the thread belongs to it. A count stands for one task, and that for
   * one mount: who is found with the same count again was there all the while.
   */
  private static @Nullable Mount mount(ForkJoinWorkerThread carrier) {
    Object queue = JdkLookup.read(QUEUE_OF, carrier);
    if (queue == null) {
      return null;
    }
    long taken = taken(queue);
    VarHandle.fullFence();
    Object continuation = JdkLookup.read(CONTINUATION, carrier);
    Object target = continuation == null ? null : JdkLookup.read(TARGET, continuation);
    Object mounted = target == null ? null : JdkLookup.read(MOUNTED, target);
    if (!(mounted instanceof Thread thread)) {
      return null;
    }
    int state = VirtualThreads.state(thread);
    boolean waits =
        state == PINNED || state == TIMED_PINNED || isWaiting(PlatformThreads.state(carrier));
    VarHandle.fullFence();
    return taken(queue) == taken ? new Mount(carrier, thread, taken, waits) : null;
  }

  private static long taken(Object queue) {
    return STEALS == null || BASE == null
        ? 0
        : ((long) JdkLookup.readInt(STEALS, queue, 0) << 32)
            | (JdkLookup.readInt(BASE, queue, 0) & 0xffffffffL);
  }

  private static boolean isWaiting(Thread.State state) {
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING;
  }

  /** In the form that counts a task when it is taken. Another counts only when its worker has no more to do. */
  private static boolean countsBeforeItRuns() {
    if (QUEUE == null || QUEUE_OF == null || STEALS == null || BASE == null || MOUNTED == null) {
      return false;
    }
    try {
      return QUEUE.getDeclaredMethod("topLevelExec", ForkJoinTask.class, int.class) != null;
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }
}
