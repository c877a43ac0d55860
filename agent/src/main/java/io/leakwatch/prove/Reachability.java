package io.leakwatch.prove;

import io.leakwatch.prove.EdgeRules.ClassRules;
import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.LongList;
import io.leakwatch.prove.heap.LongTable;
import io.leakwatch.prove.heap.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
final class Reachability {
  /** The step by which a thread could not be reached at all. */
  static final int NEVER = 4;

  static final int STRONG = 1;
  static final int BY_INTERRUPT = 2;
  static final int BY_WEAK = 3;
  private static final int NO_EVENT = -1;

  private final HeapDump dump;
  private final EdgeRules rules;
  private final List<DumpedThread> threads;
  private final boolean breadthFirst;
  private final int[] steps;
  private final boolean[] reached;

  /** What happens when an object is reached: a chain of events for its id; each is a thread, twice, and one bit. */
  private final LongTable firstEvent = new LongTable();

  private final LongList events = new LongList();

  /** Of each thread those that are blocked at a monitor it holds. */
  private final LongTable firstWaiter = new LongTable();

  private final LongList waiters = new LongList();

  private final LongList pending = new LongList();
  private int nextPending;
  private final LongList revivals = new LongList();
  private int nextRevival;
  private final LongList weakReferents = new LongList();
  private final Set<Long> containersOnTheWay = new HashSet<>();
  private int step = STRONG;
  private long marked;
  private final long[] markedUpTo = new long[NEVER];
  private long scannedFrom;

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
    this.rules = new EdgeRules(dump);
    this.threads = threads;
    this.breadthFirst = breadthFirst;
    this.steps = new int[threads.size()];
    this.reached = new boolean[threads.size()];
    for (DumpedThread thread : threads) {
      steps[thread.index()] = NEVER;
      watch(thread.object(), thread.index(), false);
      if (canRun[thread.index()]) {
        revive(thread.index());
      } else if (thread.waits() == Wait.MONITOR) {
        waitFor(owners[thread.index()], thread.index());
      } else {
        watch(thread.blocker(), thread.index(), true);
      }
    }
  }

  /** Searches; to be called once. */
  void search() {
    for (int i = 0; i < dump.globalRoots(); i++) {
      long at = dump.globalRoot(i);
      scannedFrom = at;
      reach(dump.idAt(at));
    }
    dump.eachStrayRoot((id, frame, at) -> {
      scannedFrom = at;
      reach(id);
    });
    dump.eachNoted((id, at) -> {
      scannedFrom = at;
      reach(id);
    });
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
    for (int i = 0; i < weakReferents.size(); i++) {
      long at = weakReferents.get(i);
      scannedFrom = at;
      reachWeakReferent(at);
    }
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

  private void waitFor(int owner, int thread) {
    long before = firstWaiter.get(owner + 1L);
    firstWaiter.put(owner + 1L, waiters.size());
    waiters.add(thread);
    waiters.add(before);
  }

  private void settle() {
    while (true) {
      if (nextPending < pending.size()) {
        scan(breadthFirst ? pending.get(nextPending++) : pending.removeLast());
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
      reach(entered.object());
      scanInstance(at, false);
    }
    if (!entered.blind()) {
      dump.eachStackRoot(thread, (id, frame, root) -> {
        scannedFrom = root;
        reach(id);
      });
      scannedFrom = at;
      for (long type : dump.stackClasses(thread)) {
        reach(type);
      }
    }
    for (long next = firstWaiter.get(thread + 1L); next >= 0; next = waiters.get((int) next + 1)) {
      revive((int) waiters.get((int) next));
    }
  }

  private void reach(long id) {
    long at = dump.mark(id);
    if (at == HeapDump.ABSENT) {
      return;
    }
    marked++;
    if (breadthFirst) {
      dump.cameFrom(id, scannedFrom);
    }
    boolean ofThread = dump.isWatched(id) && fire(id);
    int tag = dump.tag(at);
    if (ofThread) {
      scanReadable(at);
    } else if (tag == Tags.INSTANCE || tag == Tags.OBJECT_ARRAY || tag == Tags.CLASS) {
      pending.add(at);
    }
  }

  /** Whether the object is the {@code Thread} of a thread of the dump. */
  private boolean fire(long id) {
    boolean ofThread = false;
    for (long next = firstEvent.get(id); next != NO_EVENT; next = events.get((int) next + 1)) {
      int thread = (int) (events.get((int) next) >>> 1);
      boolean blocker = (events.get((int) next) & 1) != 0;
      if (blocker) {
        revive(thread);
      } else {
        ofThread = true;
        reached[thread] = true;
        DumpedThread each = threads.get(thread);
        if (step >= BY_INTERRUPT || each.wokenByHandle()) {
          revive(thread);
        }
      }
    }
    return ofThread;
  }

  private void scan(long at) {
    scannedFrom = at;
    switch (dump.tag(at)) {
      case Tags.INSTANCE -> scanInstance(at, false);
      case Tags.OBJECT_ARRAY -> {
        long length = dump.arrayLength(at);
        for (long i = 0; i < length; i++) {
          reach(dump.arrayElement(at, i));
        }
      }
      default -> scanClass(at);
    }
  }

  private void scanClass(long at) {
    HeapClass type = dump.classById(dump.idAt(at));
    boolean cut = type == null || rules.hasCutStatics(type);
    dump.eachReferenceOfClass(at, cut, (field, id) -> {
      if (type == null || field.isEmpty() || rules.followsStatic(type, field)) {
        reach(id);
      }
    });
  }

  private void scanInstance(long at, boolean onTheWay) {
    HeapClass type = dump.classAt(at);
    if (type == null) {
      return;
    }
    scannedFrom = at;
    ClassRules rule = rules.of(type);
    long fields = dump.fieldsAt(at);
    for (int place : rule.strong) {
      reach(dump.reference(fields + place));
    }
    for (int place : rule.toContainer) {
      reachContainer(dump.reference(fields + place));
      scannedFrom = at;
    }
    if (!onTheWay) {
      for (int place : rule.ofContainer) {
        reach(dump.reference(fields + place));
      }
    }
    if (rule.weak >= 0) {
      if (step >= BY_WEAK) {
        reach(dump.reference(fields + rule.weak));
      } else {
        weakReferents.add(at);
      }
    }
  }

  /** The object of a thread that cannot run, in the hands of somebody else. */
  private void scanReadable(long at) {
    HeapClass type = dump.classAt(at);
    if (type != null) {
      long before = scannedFrom;
      scannedFrom = at;
      for (int place : rules.of(type).readable) {
        reach(dump.reference(dump.fieldsAt(at) + place));
      }
      scannedFrom = before;
    }
  }

  /** A container on the way of a thread that ends: without its other threads, and without a mark, so that it may still be reached. */
  private void reachContainer(long id) {
    long at = dump.position(id);
    HeapClass type = at == HeapDump.ABSENT ? null : dump.classAt(at);
    if (type == null) {
      return;
    }
    ClassRules rule = rules.of(type);
    if (rule.ofContainer.length == 0 && rule.toContainer.length == 0) {
      reach(id);
    } else if (!dump.isMarked(id) && containersOnTheWay.add(id)) {
      if (dump.isWatched(id)) {
        fire(id);
      }
      scanInstance(at, true);
    }
  }

  private void reachWeakReferent(long at) {
    HeapClass type = dump.classAt(at);
    if (type != null) {
      reach(dump.reference(dump.fieldsAt(at) + rules.of(type).weak));
    }
  }
}
