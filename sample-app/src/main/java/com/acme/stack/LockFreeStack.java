package com.acme.stack;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A stack whose only shared variable is an atomic reference to the top: whoever loses the race to change it tries again.
 *
 * <p>Source: R. K. Treiber, "Systems programming: coping with parallelism", IBM Research Report RJ 5118, 1986.
 *
 * <p><b>Protocol.</b> A node is written by the thread that pushes it, before the compare-and-set that publishes it, and by
 * nobody afterwards. {@code push} and {@code pop} take effect at their successful compare-and-set, {@code peek} and an
 * empty {@code pop} at their read of the top.
 *
 * <p><b>Happens-before.</b> The compare-and-set writes the top with the memory effects of a volatile write, and {@code
 * get} reads it with those of a volatile read. So the plain writes to a node happen before its publication, and that
 * happens before whatever follows a read that sees the node on top. A node further down was read from the top by the
 * thread that pushed the one above it: the chain of these edges reaches to the bottom.
 *
 * <p><b>Progress.</b> Lock-free: a compare-and-set fails only because another one succeeded. One thread may lose for ever,
 * in theory; there is no fairness.
 *
 * <p><b>ABA.</b> A {@code pop} that has read node A with B below it must not succeed after both were popped and A came
 * back. It cannot: each {@code push} makes a new node, no node is pushed twice, and the garbage collector does not give A's
 * memory to a new node while the popping thread still holds A. A node that has left the top because it was popped never
 * returns to it, and what is below a node never changes; so whoever finds A on top finds B right below. (The same
 * <i>element</i> may well be pushed again; it gets another node.)
 *
 * @param <E> what is on it; never null
 */
public final class LockFreeStack<E> implements ConcurrentStack<E> {
  private final AtomicReference<Node<E>> top = new AtomicReference<>();

  @Override
  public void push(E element) {
    Node<E> node = new Node<>(element);
    boolean pushed;
    do {
      pushed = tryPush(node);
    } while (!pushed);
  }

  @Override
  public Optional<E> pop() {
    Node<E> seen = top();
    while (seen != null && !tryRemove(seen)) {
      seen = top();
    }
    return Node.elementOf(seen);
  }

  @Override
  public Optional<E> peek() {
    return Node.elementOf(top());
  }

  /** Takes constant time; exact at the moment at which it was read. */
  @Override
  public int sizeEstimate() {
    return Node.heightOf(top());
  }

  /** The node on top; null if there is none. */
  Node<E> top() {
    return top.get();
  }

  /** Tries once; false if another thread came first. The node must never have been on a stack. */
  boolean tryPush(Node<E> node) {
    Node<E> seen = top.get();
    node.putOn(seen);
    return top.compareAndSet(seen, node);
  }

  /** Tries once to take a node that was seen on top; false if another thread came first. */
  boolean tryRemove(Node<E> seen) {
    return top.compareAndSet(seen, seen.below());
  }
}
