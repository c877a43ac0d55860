package com.acme.stack;

import java.util.Optional;

/**
 * A last-in, first-out stack without a bound that any number of threads may use at once.
 *
 * <p>{@code push}, {@code pop} and {@code peek} are linearizable: each takes effect at one moment between its call and its
 * return (Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", TOPLAS 12(3), 1990). What a
 * thread did before it pushed an element happens before what another does after it popped or peeked that element.
 *
 * <p>That a stack is empty is an {@link Optional} and no exception, because with other threads about it cannot be asked
 * beforehand; and no {@code null}, because the compiler then reminds the caller of it. Where the call is inlined, the
 * {@code Optional} is not allocated.
 *
 * @param <E> what is on it; never null
 */
public interface ConcurrentStack<E> {
  /**
   * Puts an element on top.
   *
   * @throws NullPointerException if it is null
   */
  void push(E element);

  /** Takes the element on top; empty if there is none. */
  Optional<E> pop();

  /** The element on top, which stays there; empty if there is none. */
  Optional<E> peek();

  /** How many elements there are, or were a moment ago: other threads may have changed it since. */
  int sizeEstimate();
}
