package com.acme.stack;

import java.util.Optional;

/**
 * A {@link LockFreeStack} on which a push and a pop that both lost the race for the top may meet beside it and cancel each
 * other out.
 *
 * <p>Source: D. Hendler, N. Shavit, L. Yerushalmi, "A scalable lock-free stack algorithm", SPAA 2004. Simpler than theirs
 * in one point: only a push waits in the {@link EliminationArray}, a pop that lost takes what it finds there. Then a slot
 * is one reference with two states, and no thread has to be told who it met.
 *
 * <p><b>Protocol.</b> An operation tries the top once. If it loses, it tries one slot once, then the top again, and so on.
 * A push and a pop that meet take effect one right after the other, at the compare-and-set with which the pop takes the
 * node from the slot: at that moment both are under way, and the stack below them is the same before and after.
 *
 * <p><b>Happens-before.</b> Over the top as in {@link LockFreeStack}. In a slot, the compare-and-set that offers the node
 * is a volatile write, and the one that takes it a volatile read that saw it.
 *
 * <p><b>Progress.</b> Lock-free: a push waits for a bounded number of spins, then withdraws and tries the top again.
 *
 * <p><b>ABA.</b> For the top as in {@link LockFreeStack}: a node that was offered has never been on the stack, and one that
 * was taken from a slot never gets there. In a slot, a node may be seen, withdrawn, and offered a second time by the same
 * push before a pop takes it. That does no harm: all that a pop concludes from finding the node is that its push waits
 * there now, which is true of the second offer as well.
 *
 * <p>Worth its cost only where many processors fight for the top; see {@code docs/stacks.md} for what was measured.
 *
 * @param <E> what is on it; never null
 */
public final class EliminationBackoffStack<E> implements ConcurrentStack<E> {
  private final LockFreeStack<E> stack = new LockFreeStack<>();
  private final EliminationArray<E> elimination;

  /** One with the usual back-off: a slot for each two processors, and a fixed number of spins. */
  public EliminationBackoffStack() {
    this(EliminationArray.defaultSlots(), EliminationArray.DEFAULT_SPINS);
  }

  /**
   * One with a given back-off.
   *
   * @param slots in how many places a push and a pop may meet; at least 1
   * @param spins how often a push that waits looks whether it was met; 0 or more
   * @throws IllegalArgumentException if one of them is less
   */
  public EliminationBackoffStack(int slots, int spins) {
    elimination = new EliminationArray<>(slots, spins);
  }

  @Override
  public void push(E element) {
    Node<E> node = new Node<>(element);
    boolean pushed;
    do {
      pushed = stack.tryPush(node) || elimination.offer(node);
    } while (!pushed);
  }

  @Override
  public Optional<E> pop() {
    Node<E> seen = stack.top();
    while (seen != null && !stack.tryRemove(seen)) {
      Node<E> met = elimination.poll();
      if (met != null) {
        return Node.elementOf(met);
      }
      seen = stack.top();
    }
    return Node.elementOf(seen);
  }

  @Override
  public Optional<E> peek() {
    return stack.peek();
  }

  /** Takes constant time; exact at the moment at which it was read. */
  @Override
  public int sizeEstimate() {
    return stack.sizeEstimate();
  }
}
