package com.acme.stack;

import java.util.Objects;
import java.util.Optional;

/**
 * An element of a linked stack. Written by the thread that pushes it until it is published, by nobody afterwards.
 *
 * <p>Its height costs no memory where object headers take 12 bytes: with the two references it fills what alignment would
 * waste.
 */
final class Node<E> {
  private final E element;
  private Node<E> below;
  private int height;

  Node(E element) {
    this.element = Objects.requireNonNull(element, "element");
  }

  /** Only for a node that no other thread can see. */
  void putOn(Node<E> top) {
    below = top;
    height = heightOf(top) + 1;
  }

  Node<E> below() {
    return below;
  }

  /** How many nodes there are from this one down; 0 for none. */
  static int heightOf(Node<?> top) {
    return top == null ? 0 : top.height;
  }

  static <E> Optional<E> elementOf(Node<E> node) {
    return node == null ? Optional.empty() : Optional.of(node.element);
  }
}
