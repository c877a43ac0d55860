package com.acme.stack;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where a push and a pop may meet without touching the stack.
 *
 * <p><b>Protocol.</b> A slot is null or the node of a push that waits in it. The push sets it from null to its node, and
 * back if nobody came; a pop sets it from the node to null, and has taken it. All by compare-and-set: exactly one of the
 * two wins. Which slot is left to chance each time. Source and happens-before: {@link EliminationBackoffStack}.
 *
 * @param <E> what is on the stack
 */
final class EliminationArray<E> {
  /** How often a push looks whether it was met; chosen by measurement, see {@code docs/stacks.md}. */
  static final int DEFAULT_SPINS = 64;

  private final AtomicReferenceArray<Node<E>> slots;
  private final int spins;

  EliminationArray(int slots, int spins) {
    if (slots < 1 || spins < 0) {
      throw new IllegalArgumentException(
          "slots " + slots + " and spins " + spins + "; at least 1 slot and 0 spins are needed");
    }
    this.slots = new AtomicReferenceArray<>(slots);
    this.spins = spins;
  }

  /** One slot for each two processors: no more than that many can meet at a time. */
  static int defaultSlots() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /** Offers a node that no other thread can see; true if a pop took it, else it is the caller's again. */
  boolean offer(Node<E> node) {
    int slot = anySlot();
    if (slots.get(slot) != null || !slots.compareAndSet(slot, null, node)) {
      return false;
    }
    for (int i = 0; i < spins && slots.get(slot) == node; i++) {
      Thread.onSpinWait();
    }
    return !slots.compareAndSet(slot, node, null);
  }

  /** Takes the node of a push that waits; null if none is found at the first look. */
  Node<E> poll() {
    int slot = anySlot();
    Node<E> offered = slots.get(slot);
    return offered != null && slots.compareAndSet(slot, offered, null) ? offered : null;
  }

  private int anySlot() {
    return slots.length() == 1 ? 0 : ThreadLocalRandom.current().nextInt(slots.length());
  }
}
