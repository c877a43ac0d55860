package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the books that a fork-join pool keeps of its workers: how many tasks each has taken from other queues, and where
 * its own queue begins. Takes no lock and runs no code of an application.
 *
 * <p>What counts as one task is one that a worker took from another queue, with all that it forks and runs itself.
 */
final class ForkJoinBooks {
  private static final Class<?> QUEUE = queueClass();
  private static final @Nullable UnsafeField QUEUE_OF =
      JdkLookup.field(ForkJoinWorkerThread.class, "workQueue");
  private static final @Nullable UnsafeField QUEUES = JdkLookup.field(ForkJoinPool.class, "queues");
  private static final @Nullable UnsafeField STEALS = JdkLookup.field(QUEUE, "nsteals");
  private static final @Nullable UnsafeField BASE = JdkLookup.field(QUEUE, "base");
  private static final @Nullable UnsafeField SOURCE = JdkLookup.field(QUEUE, "source");
  private static final @Nullable MethodHandle ALL_STEALS =
      JdkLookup.object(JdkLookup.own(ForkJoinPool.class, "getStealCount"));

  /** Where a worker counts what it takes when it takes it; on older JDKs when it has emptied the queue that it takes from. */
  private static final boolean COUNTS_EACH = Runtime.version().feature() > 21;

  private ForkJoinBooks() {}

  /** What a worker runs; {@code null} when it waits for a task, or when that cannot be read. */
  static @Nullable CurrentTask currentTask(ForkJoinWorkerThread worker) {
    Object pool = JdkLookup.read(Runners.FORK_JOIN_POOL, worker);
    Object queue = JdkLookup.read(QUEUE_OF, worker);
    Object blocker = LockSupport.getBlocker(worker);
    if (pool == null || queue == null || blocker == pool || STEALS == null || BASE == null) {
      return null;
    }
    long number =
        ((long) JdkLookup.readInt(STEALS, queue, 0) << 32) ^ JdkLookup.readInt(BASE, queue, 0);
    if (COUNTS_EACH) {
      return new CurrentTask(number);
    }
    // A worker that waits has one blocker for each wait; else what it may have taken meanwhile has
    // moved the begin of the queue that it takes from.
    int more = blocker != null ? System.identityHashCode(blocker) : sourceBase(pool, queue);
    return new CurrentTask(31 * number + more);
  }

  /** How many tasks the pool's workers have run that they did not fork themselves: the pool's own estimate. */
  static long finished(Object pool) {
    return JdkLookup.call(ALL_STEALS, pool) instanceof Long n ? n : 0;
  }

  private static int sourceBase(Object pool, Object queue) {
    Object queues = JdkLookup.read(QUEUES, pool);
    int length = queues == null ? 0 : Array.getLength(queues);
    if (queues == null || length == 0 || SOURCE == null) {
      return 0;
    }
    int from = JdkLookup.readInt(SOURCE, queue, 0);
    Object source = Array.get(queues, from & (length - 1));
    return source == null ? from : 31 * from + JdkLookup.readInt(BASE, source, 0);
  }

  private static Class<?> queueClass() {
    Class<?> queue = JdkLookup.find("java.util.concurrent.ForkJoinPool$WorkQueue");
    return queue == null ? Object.class : queue;
  }
}
