package io.leakwatch.registry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to objects that nobody may hold: an identity map with weak keys, from executors to tallies, that
 * hooks may write to.
 *
 * <p>Protocol. A fixed array of buckets, each the head of an immutable chain of links. <i>Writers</i>: any thread;
 * {@link #of} walks the chain, and where its object is missing puts a link before the head by compare-and-set, after a
 * failure from the start: so an object never has two tallies (lock-free, not wait-free; it never parks). Counting is an
 * atomic addition on the tally, which all links of an object share. <i>Sweeper</i>: one thread; {@link #sweep} replaces a
 * chain by a copy without the links whose object was collected, by the same compare-and-set on the head, so a link that
 * was put there meanwhile makes it try again and is never lost. A link that was swept is that of an object which no writer
 * can name any more. ABA is none: links are made anew each time and a head that was replaced never comes back.
 * <i>Bound</i>: no more than {@value #CAP} objects; what happens to further ones is not counted, but that is.
 *
 * <p>The chain is a stack of R. K. Treiber's (IBM RJ 5118, 1986) for each bucket.
 */
final class Tallies {
  static final int CAP = 100_000;

  private static final int BUCKETS = 1 << 10;

  /** What happened to one object. */
  static final class Tally {
    private static final VarHandle FAILED = counter("failed");
    private static final VarHandle REJECTED = counter("rejected");
    private static final VarHandle CANCELLED = counter("cancelled");
    private static final VarHandle TAKEN = counter("taken");
    private static final VarHandle CLEARED = counter("cleared");

    private volatile long failed;
    private volatile long rejected;
    private volatile long cancelled;
    private volatile long taken;
    private volatile long cleared;

    // Of a timer's queue; written by the timer's thread, or under the queue's lock.
    private volatile @Nullable OriginClass takenLast;
    private volatile int identityTakenLast;
    private volatile int leftWhenCleared;

    void countFailed() {
      FAILED.getAndAdd(this, 1L);
    }

    void countRejected() {
      REJECTED.getAndAdd(this, 1L);
    }

    void countCancelled() {
      CANCELLED.getAndAdd(this, 1L);
    }

    void countTaken() {
      TAKEN.getAndAdd(this, 1L);
    }

    /** A timer takes this task from its queue. */
    void taking(OriginClass origin, int identity) {
      takenLast = origin;
      identityTakenLast = identity;
    }

    /** A timer's queue is emptied of as many tasks. */
    void countCleared(int left) {
      leftWhenCleared = left;
      CLEARED.getAndAdd(this, 1L);
    }

    long failed() {
      return failed;
    }

    /** What was counted since the last call. */
    long takeFailed() {
      return (long) FAILED.getAndSet(this, 0L);
    }

    long rejected() {
      return rejected;
    }

    long cancelled() {
      return cancelled;
    }

    /** Tasks that a timer has taken from its queue. */
    long taken() {
      return taken;
    }

    /** Whether the task that a timer took last has that identity hash. */
    boolean hasTaken(int identity) {
      return takenLast != null && identityTakenLast == identity;
    }

    /** The class of the task that a timer took last; {@code null} when it has taken none. */
    @Nullable
    OriginClass takenLast() {
      return takenLast;
    }

    /** Its identity hash. */
    int identityTakenLast() {
      return identityTakenLast;
    }

    /** How often a timer's queue was emptied: once when its thread ends, and each time that somebody cancels it. */
    long cleared() {
      return cleared;
    }

    /** How many tasks it was emptied of when that happened last. */
    int leftWhenCleared() {
      return leftWhenCleared;
    }

    private static VarHandle counter(String field) {
      try {
        return MethodHandles.lookup().findVarHandle(Tally.class, field, long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private static final class Link {
    private final WeakReference<Object> object;
    private final Tally tally;
    private final @Nullable Link next;

    Link(WeakReference<Object> object, Tally tally, @Nullable Link next) {
      this.object = object;
      this.tally = tally;
      this.next = next;
    }
  }

  private final int cap;
  private final AtomicReferenceArray<@Nullable Link> buckets;
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  Tallies() {
    this(BUCKETS, CAP);
  }

  /** For tests: {@code buckets} is a power of two. */
  Tallies(int buckets, int cap) {
    this.buckets = new AtomicReferenceArray<>(buckets);
    this.cap = cap;
  }

  /** The tally of an object, a new one if it had none; {@code null} when there is no room for one. */
  @Nullable
  Tally of(Object object) {
    int bucket = bucket(object);
    Link made = null;
    while (true) {
      Link head = buckets.get(bucket);
      Tally known = find(head, object);
      if (known != null) {
        if (made != null) {
          size.getAndDecrement();
        }
        return known;
      }
      if (made == null && size.getAndIncrement() >= cap) {
        size.getAndDecrement();
        refused.getAndIncrement();
        return null;
      }
      made = made == null
          ? new Link(new WeakReference<>(object), new Tally(), head)
          : new Link(made.object, made.tally, head);
      if (buckets.compareAndSet(bucket, head, made)) {
        return made.tally;
      }
    }
  }

  /** The tally of an object; {@code null} when nothing has happened to it. */
  @Nullable
  Tally find(Object object) {
    return find(buckets.get(bucket(object)), object);
  }

  /** Forgets the objects that were collected. One thread at a time. */
  void sweep() {
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      while (!sweep(bucket)) {
        // A link was put there meanwhile.
      }
    }
  }

  int size() {
    return size.get();
  }

  /** How often something was not counted because {@link #CAP} objects were there. */
  long refused() {
    return refused.get();
  }

  private static @Nullable Tally find(@Nullable Link head, Object object) {
    for (Link link = head; link != null; link = link.next) {
      if (link.object.refersTo(object)) {
        return link.tally;
      }
    }
    return null;
  }

  private boolean sweep(int bucket) {
    Link head = buckets.get(bucket);
    Link kept = null;
    int gone = 0;
    for (Link link = head; link != null; link = link.next) {
      if (link.object.refersTo(null)) {
        gone++;
      } else {
        kept = new Link(link.object, link.tally, kept);
      }
    }
    if (gone == 0) {
      return true;
    }
    if (!buckets.compareAndSet(bucket, head, kept)) {
      return false;
    }
    size.addAndGet(-gone);
    return true;
  }

  private int bucket(Object object) {
    int hash = System.identityHashCode(object);
    return (hash ^ (hash >>> 16)) & (buckets.length() - 1);
  }
}
