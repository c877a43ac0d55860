package com.acme.stack;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The JDK's {@link ConcurrentLinkedDeque}, used at its first end only.
 *
 * <p><b>Protocol and happens-before.</b> Both are the deque's; its documentation promises that what a thread did before it
 * put an element in happens before what another does after it has seen or taken it. That single operations at the ends are
 * linearizable its authors, D. Lea and M. Buchholz, "believe (without full proof)", says a comment in its source. Its
 * iterators and its size are not.
 *
 * <p><b>ABA.</b> An element is taken by a compare-and-set of its node's item to null, and no node is used twice.
 *
 * @param <E> what is on it; never null
 */
public final class DequeStack<E> implements ConcurrentStack<E> {
  private final Deque<E> elements = new ConcurrentLinkedDeque<>();

  @Override
  public void push(E element) {
    elements.push(element);
  }

  @Override
  public Optional<E> pop() {
    return Optional.ofNullable(elements.poll());
  }

  @Override
  public Optional<E> peek() {
    return Optional.ofNullable(elements.peek());
  }

  /** Counts them one by one, while others may push and pop: possibly a number that was never true. */
  @Override
  public int sizeEstimate() {
    return elements.size();
  }
}
