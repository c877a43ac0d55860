package io.leakwatch.prove;

import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.LongList;
import java.util.List;

/**
 * Which threads can still come to run, by marking what they can reach: the idea of Go's goroutine leak profile, and of
 * "Dynamic Partial Deadlock Detection and Recovery via Garbage Collection" (Saioc and others, ASPLOS 2025).
 *
 * <p>What is reachable begins with the static fields, what native code holds, and the stacks of the threads that can run. A
 * waiting thread joins them as soon as what it waits for is reached; then its stack counts, too. This goes on in three
 * steps, each of which follows more references than the one before, in a single pass over the heap, since a thread that
 * one step brings to life stays alive in the next:
 *
 * <ol>
 *   <li>strong references; to reach a {@code Thread} alone wakes it only where the JDK does not say how it is woken;
 *   <li>then every thread whose {@code Thread} is reached: it could be interrupted;
 *   <li>then weak and soft references.
 * </ol>
 *
 * Not thread-safe. It uses up the dump's marks.
 */
final class Reachability implements Scan.Sink {
  /** The step by which a thread could not be reached at all. */
  static final int NEVER = 4;

  static final int STRONG = 1;
  static final int BY_INTERRUPT = 2;
  static final int BY_WEAK = 3;

  private final HeapDump dump;
  private final List<DumpedThread> threads;
  private final boolean breadthFirst;
  private final int[] steps;
  private final boolean[] reached;
  private final WakeUps wakeUps;
  private final Scan scan;

  private final LongList pending = new LongList();
  private int nextPending;
  private final LongList revivals = new LongList();
  private int nextRevival;
  private int step = STRONG;
  private long marked;
  private final long[] markedUpTo = new long[NEVER];

  /**
   * Prepares a search.
   *
   * @param threads all of the dump
   * @param canRun of each thread whether it runs, or goes on by itself
   * @param owners of each thread the one that holds the monitor at which it is blocked, or -1
   * @param breadthFirst whether to note the shortest path to each object, which takes more memory
   */
  Reachability(
      HeapDump dump,
      List<DumpedThread> threads,
      boolean[] canRun,
      int[] owners,
      boolean breadthFirst) {
    this.dump = dump;
    this.scan = new Scan(dump, this);
    this.threads = threads;
    this.wakeUps = new WakeUps(dump);
    this.breadthFirst = breadthFirst;
    this.steps = new int[threads.size()];
    this.reached = new boolean[threads.size()];
    for (DumpedThread thread : threads) {
      steps[thread.index()] = NEVER;
      wakeUps.byThread(thread.object(), thread.index());
      if (canRun[thread.index()]) {
        revive(thread.index());
      } else if (thread.waits() == Wait.MONITOR) {
        wakeUps.byOwner(owners[thread.index()], thread.index());
      } else {
        wakeUps.byBlocker(thread.blocker(), thread.index());
      }
    }
  }

  /** Searches; to be called once. */
  void search() {
    for (int i = 0; i < dump.globalRoots(); i++) {
      long at = dump.globalRoot(i);
      reached(dump.idAt(at), at);
    }
    dump.threads().eachStrayRoot((id, frame, at) -> reached(id, at));
    dump.eachNoted(this::reached);
    settle();
    markedUpTo[STRONG] = marked;
    step = BY_INTERRUPT;
    for (int i = 0; i < reached.length; i++) {
      if (reached[i]) {
        revive(i);
      }
    }
    settle();
    markedUpTo[BY_INTERRUPT] = marked;
    step = BY_WEAK;
    scan.followWeak();
    settle();
    markedUpTo[BY_WEAK] = marked;
  }

  /** The step in which a thread came to life: 1 strong, 2 by interrupt, 3 by weak references; {@link #NEVER}. */
  int step(int thread) {
    return steps[thread];
  }

  /** Whether a thread's object was reached. */
  boolean isReached(int thread) {
    return reached[thread];
  }

  /** How many objects were reached up to the end of a step. */
  long marked(int step) {
    return markedUpTo[step];
  }

  /** How many threads came to life up to the end of a step. */
  long alive(int step) {
    long alive = 0;
    for (int each : steps) {
      alive += each <= step ? 1 : 0;
    }
    return alive;
  }

  private void settle() {
    while (true) {
      if (nextPending < pending.size()) {
        scan.follow(breadthFirst ? pending.get(nextPending++) : pending.removeLast());
      } else if (nextRevival < revivals.size()) {
        enter((int) revivals.get(nextRevival++));
      } else {
        return;
      }
    }
  }

  private void revive(int thread) {
    if (steps[thread] == NEVER) {
      steps[thread] = step;
      revivals.add(thread);
    }
  }

  /** The thread's own references join the roots, and those whom it blocks may run some day. */
  private void enter(int thread) {
    DumpedThread entered = threads.get(thread);
    long at = dump.position(entered.object());
    if (at != HeapDump.ABSENT) {
      // From no record: a thread has itself.
      reached(entered.object(), 0);
      scan.scanInstance(at, false);
    }
    if (!entered.blind()) {
      dump.threads().eachStackRoot(thread, (id, frame, root) -> reached(id, root));
      for (long type : dump.threads().stackClasses(thread)) {
        reached(type, Math.max(0, at));
      }
    }
    wakeUps.eachBlockedBy(thread, this::revive);
  }

  @Override
  public void reached(long id, long from) {
    long at = dump.mark(id);
    if (at == HeapDump.ABSENT) {
      return;
    }
    marked++;
    if (breadthFirst) {
      dump.cameFrom(id, from);
    }
    boolean ofThread = dump.isWatched(id) && fire(id);
    if (at == HeapDump.LEAF) {
      return;
    } else if (ofThread) {
      scan.scanReadable(at);
    } else {
      pending.add(at);
    }
  }

  @Override
  public void passed(long id) {
    if (dump.isWatched(id)) {
      fire(id);
    }
  }

  /** Whether the object is the {@code Thread} of a thread of the dump. */
  private boolean fire(long id) {
    return wakeUps.fire(id, this::revive, this::reachThread);
  }

  private void reachThread(int thread) {
    reached[thread] = true;
    if (step >= BY_INTERRUPT || threads.get(thread).wokenByHandle()) {
      revive(thread);
    }
  }
}
