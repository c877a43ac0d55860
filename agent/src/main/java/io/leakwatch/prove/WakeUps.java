package io.leakwatch.prove;

import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.LongList;
import io.leakwatch.prove.heap.LongTable;
import java.util.function.IntConsumer;

/** What brings waiting threads back to life: an object that is reached, or that the thread which blocks them lives. Not thread-safe. */
final class WakeUps {
  private static final int NO_EVENT = -1;

  private final HeapDump dump;

  /** What happens when an object is reached: a chain of events for its id; each is a thread, twice, and one bit. */
  private final LongTable firstEvent = new LongTable();

  private final LongList events = new LongList();

  /** Of each thread those that are blocked at a monitor it holds. */
  private final LongTable firstWaiter = new LongTable();

  private final LongList waiters = new LongList();

  WakeUps(HeapDump dump) {
    this.dump = dump;
  }

  /** The thread is known by this object. */
  void byThread(long id, int thread) {
    watch(id, thread, false);
  }

  /** The thread waits for this object; 0 for none. */
  void byBlocker(long id, int thread) {
    watch(id, thread, true);
  }

  /** The thread is blocked at a monitor of another, or of one that is not known, which is -1. */
  void byOwner(int owner, int thread) {
    long before = firstWaiter.get(owner + 1L);
    firstWaiter.put(owner + 1L, waiters.size());
    waiters.add(thread);
    waiters.add(before);
  }

  /** Tells the threads that are blocked at monitors of a thread. */
  void eachBlockedBy(int owner, IntConsumer sink) {
    for (long next = firstWaiter.get(owner + 1L); next >= 0; next = waiters.get((int) next + 1)) {
      sink.accept((int) waiters.get((int) next));
    }
  }

  /**
   * An object was reached.
   *
   * @param awaited is told the threads that wait for it
   * @param known is told the threads that are known by it
   * @return whether there are any of these
   */
  boolean fire(long id, IntConsumer awaited, IntConsumer known) {
    boolean ofThread = false;
    for (long next = firstEvent.get(id); next != NO_EVENT; next = events.get((int) next + 1)) {
      int thread = (int) (events.get((int) next) >>> 1);
      boolean blocker = (events.get((int) next) & 1) != 0;
      ofThread |= !blocker;
      (blocker ? awaited : known).accept(thread);
    }
    return ofThread;
  }

  private void watch(long id, int thread, boolean blocker) {
    if (id == 0) {
      return;
    }
    dump.watch(id);
    long before = firstEvent.get(id);
    firstEvent.put(id, events.size());
    events.add((long) thread << 1 | (blocker ? 1 : 0));
    events.add(before);
  }
}
