package com.acme.stack;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Stacks with the classic mistakes. The checks must refute each, or they would prove nothing of the others. */
final class BrokenStacks {
  private BrokenStacks() {}

  /** Reads the top and writes it, with nothing in between that would notice another thread. */
  static final class CheckThenAct<E> implements ConcurrentStack<E> {
    private final AtomicReference<Node<E>> top = new AtomicReference<>();

    @Override
    public void push(E element) {
      Node<E> node = new Node<>(element);
      node.putOn(top.get());
      top.set(node);
    }

    @Override
    public Optional<E> pop() {
      Node<E> seen = top.get();
      if (seen != null) {
        top.set(seen.below());
      }
      return Node.elementOf(seen);
    }

    @Override
    public Optional<E> peek() {
      return Node.elementOf(top.get());
    }

    @Override
    public int sizeEstimate() {
      return Node.heightOf(top.get());
    }
  }

  /** Treiber's stack with a pool of one node: what was popped comes back, and the compare-and-set takes it for the same (ABA). */
  static final class ReusedNodes<E> implements ConcurrentStack<E> {
    private static final class Cell<E> {
      private volatile E element;
      private volatile Cell<E> below;
    }

    private final AtomicReference<Cell<E>> top = new AtomicReference<>();
    private final AtomicReference<Cell<E>> free = new AtomicReference<>();

    @Override
    public void push(E element) {
      Cell<E> pooled = free.getAndSet(null);
      Cell<E> cell = pooled == null ? new Cell<>() : pooled;
      cell.element = element;
      do {
        cell.below = top.get();
      } while (!top.compareAndSet(cell.below, cell));
    }

    @Override
    public Optional<E> pop() {
      Cell<E> seen = top.get();
      while (seen != null) {
        Cell<E> below = seen.below;
        if (top.compareAndSet(seen, below)) {
          E element = seen.element;
          free.set(seen);
          return Optional.of(element);
        }
        seen = top.get();
      }
      return Optional.empty();
    }

    @Override
    public Optional<E> peek() {
      Cell<E> seen = top.get();
      return seen == null ? Optional.empty() : Optional.of(seen.element);
    }

    @Override
    public int sizeEstimate() {
      return 0;
    }
  }

  /** Elimination in which a push that withdraws does not look whether it was met: its element comes out twice. */
  static final class TakenTwice<E> implements ConcurrentStack<E> {
    private final LockFreeStack<E> stack = new LockFreeStack<>();
    private final AtomicReference<Node<E>> slot = new AtomicReference<>();

    @Override
    public void push(E element) {
      Node<E> node = new Node<>(element);
      while (!stack.tryPush(node)) {
        slot.set(node);
        slot.set(null);
      }
    }

    @Override
    public Optional<E> pop() {
      Node<E> seen = stack.top();
      while (seen != null && !stack.tryRemove(seen)) {
        Node<E> met = slot.getAndSet(null);
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

    @Override
    public int sizeEstimate() {
      return stack.sizeEstimate();
    }
  }
}
