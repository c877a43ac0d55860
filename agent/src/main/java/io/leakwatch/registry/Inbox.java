package io.leakwatch.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What hooks hand to the census: a lock-free stack that many threads push to and one thread empties.
 *
 * <p>Protocol. <i>Writers</i>: any thread, also in the middle of its own start or end; {@link #offer} is one
 * compare-and-set on the head, repeated when another push won (lock-free, not wait-free; it never parks). The node's
 * {@code next} is written before the compare-and-set publishes it, so the reader sees it complete. <i>Reader</i>: one
 * thread; {@link #takeAll} swaps the whole stack out, so no node is ever popped singly and there is no ABA problem.
 * <i>Bound</i>: each node holds the depth of the stack below it; a push that finds the cap reached is refused and
 * counted. The count of refusals is written racily and may lose some; it only says that and about how often it happened.
 *
 * <p>The stack is R. K. Treiber's (IBM RJ 5118, 1986), without its pop.
 *
 * @param <E> what is handed over; an element is in at most one inbox, once
 */
final class Inbox<E extends Inbox.Node> {
  private static final UnsafeField HEAD = UnsafeField.own(Inbox.class, "head");

  /** What an element inherits. */
  abstract static class Node {
    private @Nullable Node next;
    private int depth;
  }

  private final Class<E> type;
  private final int cap;
  private volatile @Nullable Node head;
  private volatile long refused;

  /** At most {@code cap} elements are held between two calls of {@link #takeAll}. */
  Inbox(Class<E> type, int cap) {
    this.type = type;
    this.cap = cap;
  }

  /** Adds an element, unless the inbox is full. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the count may lose some, see above
  void offer(E element) {
    Node node = element;
    while (true) {
      Node current = head;
      int depth = current == null ? 0 : current.depth;
      if (depth >= cap) {
        refused++;
        return;
      }
      node.next = current;
      node.depth = depth + 1;
      if (HEAD.compareAndSet(this, current, node)) {
        return;
      }
    }
  }

  /** Empties the inbox, and returns what was in it, the oldest first. One thread at a time. */
  List<E> takeAll() {
    Node node = (Node) HEAD.getAndSet(this, null);
    List<E> taken = new ArrayList<>();
    while (node != null) {
      taken.add(type.cast(node));
      Node next = node.next;
      node.next = null;
      node = next;
    }
    Collections.reverse(taken);
    return taken;
  }

  /** Elements refused since the start, about. */
  long refused() {
    return refused;
  }
}
