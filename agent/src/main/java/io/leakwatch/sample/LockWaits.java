package io.leakwatch.sample;

import io.leakwatch.registry.LockBooks;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
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

  /** From so many waiters on a lock is told, whatever its holder does. */
  private static final int CROWD = 8;

  /** How far down all queues together a holder's own wait is searched. */
  private static final int QUEUE_STEPS = 200_000;

  private static final class Candidate {
    final AbstractOwnableSynchronizer lock;
    final OldestThreads oldest = new OldestThreads();
    int waiters;

    long number;
    long nextWait;
    boolean ended;

    @Nullable
    Thread holder;

    @Nullable
    AbstractOwnableSynchronizer next;

    HeldLock.@Nullable Wait holdersWait;

    Candidate(AbstractOwnableSynchronizer lock) {
      this.lock = lock;
    }

    /** Whether its holder cannot release it as things are. */
    boolean isStuck() {
      return ended || next != null;
    }
  }

  private final Origins<SameObject> lockNumbers = new Origins<>();
  private final Origins<SameObject> waitNumbers = new Origins<>();
  private Set<Long> toldBefore = new HashSet<>();
  private IdentityHashMap<AbstractOwnableSynchronizer, Candidate> awaited = new IdentityHashMap<>();
  private int stepsLeft;

  /** Takes note of what a thread waits for. */
  void offer(LiveThread live) {
    AbstractOwnableSynchronizer lock = LockBooks.awaitedBy(live.thread());
    if (lock == null) {
      return;
    }
    Candidate candidate = awaited.get(lock);
    if (candidate == null) {
      if (awaited.size() == MAX_LOCKS) {
        return;
      }
      candidate = new Candidate(lock);
      awaited.put(lock, candidate);
    }
    candidate.waiters++;
    candidate.oldest.offer(live.thread(), live.id());
  }

  /** The locks that may never come free: those of stuck holders first, then those that have been so for longest. */
  List<HeldLock> look(int stackDepth) {
    stepsLeft = QUEUE_STEPS;
    awaited.values().forEach(this::readHolder);
    List<Candidate> candidates = awaited.values().stream()
        .filter(c -> c.isStuck() || (c.holder != null && c.waiters >= CROWD))
        .peek(c -> c.number = lockNumbers.number(new SameObject(c.lock)))
        .sorted(Comparator.comparing((Candidate c) -> !c.isStuck()).thenComparing(c -> c.number))
        .limit(MAX_TOLD)
        .toList();
    candidates.forEach(this::readWaits);
    List<HeldLock> told = new ArrayList<>();
    Set<Long> numbers = new HashSet<>();
    for (Candidate candidate : candidates) {
      Thread holder = candidate.holder;
      if (holder != null && LockBooks.owner(candidate.lock) == holder) {
        boolean look = toldBefore.contains(candidate.number);
        told.add(tell(candidate, holder, look, stackDepth));
        numbers.add(candidate.number);
      }
    }
    toldBefore = numbers;
    lockNumbers.endSample();
    waitNumbers.endSample();
    return told;
  }

  /** Lets go of all locks and threads. */
  void clear() {
    awaited = new IdentityHashMap<>();
  }

  private void readHolder(Candidate candidate) {
    Thread holder = LockBooks.owner(candidate.lock);
    candidate.holder = holder;
    if (holder != null) {
      candidate.ended = PlatformThreads.state(holder) == Thread.State.TERMINATED;
      AbstractOwnableSynchronizer next = LockBooks.awaitedBy(holder);
      candidate.next = next != null && awaited.containsKey(next) ? next : null;
    }
  }

  private void readWaits(Candidate candidate) {
    candidate.nextWait = waitNumber(candidate.lock, null);
    Thread holder = candidate.holder;
    AbstractOwnableSynchronizer next = candidate.next;
    if (holder != null && next != null) {
      candidate.holdersWait = new HeldLock.Wait(
          lockNumbers.number(new SameObject(next)),
          waitNumber(next, holder),
          PlatformThreads.state(holder) == Thread.State.TIMED_WAITING);
    }
  }

  private long waitNumber(AbstractOwnableSynchronizer lock, @Nullable Thread waiter) {
    Candidate queue = awaited.get(lock);
    // Its waiters and a few that have come since, or were not seen.
    int steps = Math.min(stepsLeft, queue == null ? 0 : 2 * queue.waiters + 16);
    Object wait = LockBooks.waitIn(lock, waiter, steps);
    stepsLeft -= waiter == null ? 1 : steps;
    return wait == null ? 0 : waitNumbers.number(new SameObject(wait));
  }

  private static HeldLock tell(Candidate candidate, Thread holder, boolean look, int stackDepth) {
    boolean lookAtWaiters = look && (candidate.ended || candidate.waiters >= CROWD);
    long id = PlatformThreads.id(holder);
    // Most virtual threads have no name.
    String name = holder.getName().isEmpty() ? "#" + id : holder.getName();
    return new HeldLock(
        candidate.number,
        LockBooks.name(candidate.lock),
        LockBooks.isReleasedByOwnerOnly(candidate.lock),
        new HeldLock.Holder(
            id,
            name,
            candidate.ended,
            candidate.holdersWait,
            look && !candidate.ended ? ThreadDetail.of(holder, stackDepth) : null),
        candidate.waiters,
        candidate.nextWait,
        lookAtWaiters ? candidate.oldest.names() : List.of(),
        lookAtWaiters ? candidate.oldest.details(1, stackDepth) : List.of());
  }
}
