package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;

import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.HeldLock.Holder;
import io.leakwatch.sample.HeldLock.Queue;
import io.leakwatch.sample.HeldLock.Wait;
import io.leakwatch.sample.SampleBuilder;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Locks made by hand. Lock {@code n} is {@code ReentrantLock@n}. */
final class HeldLocks {
  private HeldLocks() {}

  /** Lock {@code number}, held by a thread that waits for lock {@code next} in {@code method}. */
  static HeldLock held(long number, String holder, long next, long wait, String method) {
    return held(number, holder, new Wait(next, wait, false, true), method, 1);
  }

  static HeldLock held(
      long number, String holder, @Nullable Wait wait, String method, long waiters) {
    return new HeldLock(
        number,
        "ReentrantLock@" + number,
        true,
        new Holder(holder.hashCode(), holder, false, wait, thread(holder, method)),
        new Queue(waiters, true, 1, true),
        List.of("waiter"),
        List.of(thread("waiter", "await")));
  }

  /** The same lock with its holder ended. */
  static HeldLock ofEnded(HeldLock lock) {
    Holder holder = lock.holder();
    return new HeldLock(
        lock.number(),
        lock.name(),
        lock.byOwnerOnly(),
        new Holder(holder.id(), holder.name(), true, null, null),
        lock.queue(),
        lock.waiterNames(),
        lock.waiterDetails());
  }

  /** The same lock, but anybody can release it. */
  static HeldLock open(HeldLock lock) {
    return new HeldLock(
        lock.number(),
        "com.acme.Mutex@" + lock.number(),
        false,
        lock.holder(),
        lock.queue(),
        lock.waiterNames(),
        lock.waiterDetails());
  }

  /** The same lock after one of those who waited got it. */
  static HeldLock passedOn(HeldLock lock, long turn) {
    return queued(lock, new Queue(lock.queue().waiters(), true, turn, true));
  }

  /** The same lock as a monitor at which not all waits are found, and those that are not counted. */
  static HeldLock uncounted(HeldLock lock) {
    return queued(lock, new Queue(lock.queue().waiters(), false, 1, false));
  }

  private static HeldLock queued(HeldLock lock, Queue queue) {
    return new HeldLock(
        lock.number(),
        lock.name(),
        lock.byOwnerOnly(),
        lock.holder(),
        queue,
        lock.waiterNames(),
        lock.waiterDetails());
  }

  /** Samples of the seconds 0, 10, 20 and so on. */
  @SafeVarargs
  static SampleHistory history(List<HeldLock>... samples) {
    SampleHistory history = new SampleHistory(Duration.ofMinutes(1));
    for (int i = 0; i < samples.length; i++) {
      Duration elapsed = Duration.ofSeconds(10L * i);
      history.add(SampleBuilder.sample(i, Histories.START.plus(elapsed), elapsed)
          .heldLocks(samples[i])
          .build());
    }
    return history;
  }

  private static ThreadDetail thread(String name, String method) {
    List<StackTraceElement> stack = new ArrayList<>();
    stack.add(frame("jdk.internal.misc.Unsafe", "park", null, -2));
    stack.add(frame("java.util.concurrent.locks.ReentrantLock", "lock", "ReentrantLock.java", 322));
    stack.add(frame("com.acme.Warehouse", method, "Warehouse.java", 40));
    stack.add(frame("java.lang.Thread", "run", "Thread.java", 840));
    return new ThreadDetail(name, false, Thread.State.WAITING, stack);
  }
}
