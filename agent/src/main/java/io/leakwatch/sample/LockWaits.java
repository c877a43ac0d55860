package io.leakwatch.sample;

import io.leakwatch.registry.LockBooks;
import io.leakwatch.registry.MonitorBooks;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the locks that threads wait for. Holds locks and threads for the time of one sample; from sample to sample it
 * keeps weak references to a few.
 *
 * <p>Nothing stands still while it looks, so it looks in an order that makes what it says of stuck threads true all the
 * same. A holder's own wait is read first, and after it whether it still holds the lock. If the next sample finds the same
 * wait, then the holder did wait without a break, could release nothing, and held the lock all the while.
 */
final class LockWaits {
  /** As many locks that are waited for are seen at all. */
  private static final int MAX_LOCKS = 10_000;

  /** As many are told. Those that were told before are looked at, which costs about 10 µs a thread. */
  private static final int MAX_TOLD = 256;

  /** How far down all queues together a holder's own wait is searched. */
  private static final int QUEUE_STEPS = 200_000;

  /** A lock that threads wait for. */
  private abstract static class Candidate {
    final OldestThreads oldest = new OldestThreads();
    int waiters;

    long number;
    long turn;
    boolean ended;

    @Nullable
    Thread holder;

    @Nullable
    Candidate next;

    HeldLock.@Nullable Wait holdersWait;

    /** What it is recognised by at the next sample. */
    abstract Object key();

    abstract String name();

    abstract boolean isReleasedByOwnerOnly();

    final void count(LiveThread waiter) {
      waiters++;
      oldest.offer(waiter.thread(), waiter.id());
    }

    /** Whether its holder cannot release it as things are. */
    final boolean isStuck() {
      return ended || next != null;
    }
  }

  private static final class QueuedLock extends Candidate {
    final AbstractOwnableSynchronizer lock;

    QueuedLock(AbstractOwnableSynchronizer lock) {
      this.lock = lock;
    }

    @Override
    Object key() {
      return new SameObject(lock);
    }

    @Override
    String name() {
      return LockBooks.name(lock);
    }

    @Override
    boolean isReleasedByOwnerOnly() {
      return LockBooks.isReleasedByOwnerOnly(lock);
    }
  }

  private static final class MonitorLock extends Candidate {
    final MonitorBooks.Monitor monitor;
    final long ownerId;
    final List<MonitorBooks.Wait> waits = new ArrayList<>();

    MonitorLock(MonitorBooks.Monitor monitor, long ownerId, @Nullable Thread owner) {
      this.monitor = monitor;
      this.ownerId = ownerId;
      holder = owner;
    }

    @Override
    Object key() {
      return monitor;
    }

    @Override
    String name() {
      return monitor.name();
    }

    @Override
    boolean isReleasedByOwnerOnly() {
      return true;
    }
  }

  /** A thread's wait for a monitor, as it is recognised at the next sample. */
  private record MonitorEntry(long thread, long entry, MonitorBooks.Monitor monitor) {}

  private final Origins<Object> lockNumbers = new Origins<>();
  private final Origins<Object> waitNumbers = new Origins<>();
  private final MonitorQueues monitorQueues = new MonitorQueues();
  private Set<Long> toldBefore = new HashSet<>();
  private final MonitorWaits monitorWaits = new MonitorWaits();

  private IdentityHashMap<AbstractOwnableSynchronizer, QueuedLock> awaited =
      new IdentityHashMap<>();
  private Map<MonitorBooks.Monitor, MonitorLock> monitors = new HashMap<>();
  private int stepsLeft;

  /** Takes note of what a thread waits for. */
  void offer(LiveThread live) {
    AbstractOwnableSynchronizer lock = LockBooks.awaitedBy(live.thread());
    if (lock == null) {
      monitorWaits.offer(live);
      return;
    }
    monitorWaits.offerParked(live);
    QueuedLock candidate = awaited.get(lock);
    if (candidate == null) {
      if (awaited.size() == MAX_LOCKS) {
        return;
      }
      candidate = new QueuedLock(lock);
      awaited.put(lock, candidate);
    }
    candidate.count(live);
  }

  /** The locks that may never come free: those of stuck holders first, then those that have been so for longest. */
  List<HeldLock> look(int stackDepth) {
    stepsLeft = QUEUE_STEPS;
    addMonitors();
    awaited.values().forEach(c -> c.holder = LockBooks.owner(c.lock));
    List<Candidate> candidates = Stream.concat(
            awaited.values().stream(), monitors.values().stream())
        .peek(this::readHolder)
        .filter(c -> c.isStuck() || (c.holder != null && c.waiters >= MonitorWaits.CROWD))
        .peek(c -> c.number = lockNumbers.number(c.key()))
        .sorted(Comparator.comparing((Candidate c) -> !c.isStuck()).thenComparing(c -> c.number))
        .limit(MAX_TOLD)
        .toList();
    candidates.forEach(this::readWaits);
    Map<MonitorBooks.Monitor, Long> ownersNow = monitorWaits.ownersNow(candidates.stream()
        .filter(MonitorLock.class::isInstance)
        .flatMap(c -> Stream.ofNullable(c.holder))
        .distinct()
        .toList());
    List<HeldLock> told = new ArrayList<>();
    Set<Long> numbers = new HashSet<>();
    for (Candidate candidate : candidates) {
      Thread holder = candidate.holder;
      if (holder != null && isStillHeldBy(holder, candidate, ownersNow)) {
        boolean look = toldBefore.contains(candidate.number);
        told.add(tell(candidate, holder, look, stackDepth));
        numbers.add(candidate.number);
      }
    }
    toldBefore = numbers;
    lockNumbers.endSample();
    waitNumbers.endSample();
    monitorQueues.endSample();
    return told;
  }

  /** Lets go of all locks and threads. */
  void clear() {
    awaited = new IdentityHashMap<>();
    monitors = new HashMap<>();
    monitorWaits.clear();
  }

  private void addMonitors() {
    monitorWaits.look();
    for (MonitorBooks.Wait wait : monitorWaits.waits().values()) {
      LiveThread waiter = monitorWaits.waiter(wait.thread());
      if (waiter != null) {
        MonitorLock lock = monitors.computeIfAbsent(
            wait.monitor(),
            monitor -> new MonitorLock(
                monitor, monitorWaits.owner(monitor), monitorWaits.ownerThread(monitor)));
        lock.count(waiter);
        lock.waits.add(wait);
      }
    }
  }

  private static boolean isStillHeldBy(
      Thread holder, Candidate candidate, Map<MonitorBooks.Monitor, Long> ownersNow) {
    if (candidate instanceof QueuedLock queued) {
      return LockBooks.owner(queued.lock) == holder;
    }
    return candidate instanceof MonitorLock monitor
        && Objects.equals(ownersNow.get(monitor.monitor), monitor.ownerId);
  }

  private void readHolder(Candidate candidate) {
    Thread holder = candidate.holder;
    if (holder != null) {
      candidate.ended = PlatformThreads.state(holder) == Thread.State.TERMINATED;
      candidate.next = awaitedBy(holder);
    }
  }

  private @Nullable Candidate awaitedBy(Thread thread) {
    AbstractOwnableSynchronizer lock = LockBooks.awaitedBy(thread);
    if (lock != null) {
      return awaited.get(lock);
    }
    MonitorBooks.Wait wait = monitorWaits.waits().get(PlatformThreads.id(thread));
    return wait == null ? null : monitors.get(wait.monitor());
  }

  private void readWaits(Candidate candidate) {
    if (candidate instanceof QueuedLock queued) {
      candidate.turn = waitNumber(LockBooks.waitIn(queued.lock, null, 16));
    } else if (candidate instanceof MonitorLock monitor) {
      candidate.turn = monitorQueues.turn(monitor.monitor, monitor.waits);
    }
    Thread holder = candidate.holder;
    Candidate next = candidate.next;
    if (holder != null && next != null) {
      candidate.holdersWait = new HeldLock.Wait(
          lockNumbers.number(next.key()),
          waitNumber(holder, next),
          PlatformThreads.state(holder) == Thread.State.TIMED_WAITING,
          isCounted(holder, next));
    }
  }

  private long waitNumber(Thread waiter, Candidate lock) {
    if (lock instanceof QueuedLock queued) {
      // Its waiters, and a few that have come since or were not seen.
      int steps = Math.min(stepsLeft, 2 * lock.waiters + 16);
      stepsLeft -= steps;
      return waitNumber(LockBooks.waitIn(queued.lock, waiter, steps));
    }
    MonitorBooks.Wait wait = monitorWaits.waits().get(PlatformThreads.id(waiter));
    return wait == null
        ? 0
        : waitNumbers.number(new MonitorEntry(wait.thread(), wait.entry(), wait.monitor()));
  }

  private boolean isCounted(Thread waiter, Candidate lock) {
    MonitorBooks.Wait wait = monitorWaits.waits().get(PlatformThreads.id(waiter));
    return lock instanceof QueuedLock || (wait != null && wait.entry() != MonitorWaits.UNCOUNTED);
  }

  private long waitNumber(@Nullable Object queueEntry) {
    return queueEntry == null ? 0 : waitNumbers.number(new SameObject(queueEntry));
  }

  private HeldLock.Queue queue(Candidate candidate) {
    boolean counted = !(candidate instanceof MonitorLock monitor)
        || monitor.waits.stream().allMatch(wait -> wait.entry() != MonitorWaits.UNCOUNTED);
    boolean allFound = candidate instanceof QueuedLock || !monitorWaits.areLimited();
    return new HeldLock.Queue(candidate.waiters, allFound, candidate.turn, counted);
  }

  private HeldLock tell(Candidate candidate, Thread holder, boolean look, int stackDepth) {
    boolean lookAtWaiters = look && (candidate.ended || candidate.waiters >= MonitorWaits.CROWD);
    return new HeldLock(
        candidate.number,
        candidate.name(),
        candidate.isReleasedByOwnerOnly(),
        new HeldLock.Holder(
            PlatformThreads.id(holder),
            PlatformThreads.name(holder),
            candidate.ended,
            candidate.holdersWait,
            look && !candidate.ended ? ThreadDetail.of(holder, stackDepth) : null),
        queue(candidate),
        lookAtWaiters ? candidate.oldest.names() : List.of(),
        lookAtWaiters ? candidate.oldest.details(1, stackDepth) : List.of());
  }
}
