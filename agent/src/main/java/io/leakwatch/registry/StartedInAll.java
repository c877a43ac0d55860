package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The sum of what the {@link LifeCounts} of all classes have counted as started: a counter for the sum itself would cost each
 * start as much again. What was counted of classes that were unloaded stays in the sum.
 *
 * <p>Lock-free. Hooks add, on any thread, when they meet a class for the first time; one thread at a time sums.
 */
final class StartedInAll {
  private static final class Node extends WeakReference<OriginClass> {
    final LifeCounts lives;
    volatile @Nullable Node next;

    Node(OriginClass origin) {
      super(origin);
      this.lives = origin.lives();
    }
  }

  private static final UnsafeField NEWEST = UnsafeField.own(StartedInAll.class, "newest");

  private volatile @Nullable Node newest;
  private long unloaded;

  /** Called once for each class, before anything of it is counted. */
  void add(OriginClass origin) {
    Node node = new Node(origin);
    Node head;
    do {
      head = newest;
      node.next = head;
    } while (!NEWEST.compareAndSet(this, head, node));
  }

  /** Virtual threads of all classes that were started so far. */
  long sum() {
    long sum = 0;
    Node previous = null;
    for (Node node = newest; node != null; node = node.next) {
      // The newest stays: those that add may be looking at it. All others only this thread changes.
      if (previous != null && node.get() == null) {
        unloaded += node.lives.started();
        previous.next = node.next;
      } else {
        sum += node.lives.started();
        previous = node;
      }
    }
    return sum + unloaded;
  }

  int size() {
    int size = 0;
    for (Node node = newest; node != null; node = node.next) {
      size++;
    }
    return size;
  }
}
