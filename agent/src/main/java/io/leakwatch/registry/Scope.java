package io.leakwatch.registry;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what is made in it: one test, one class of tests, one run. Compared by identity; refers to nothing of the
 * application's. Thread-safe.
 */
public final class Scope {
  private final String name;
  /** A stack costs about 1 µs; a test that hands in more tasks than this gets the line of some of them. */
  private static final int STACKS = 10_000;

  private final AtomicInteger marks = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();

  /** Counted racily: a few more do no harm. */
  private int stacks;

  /** A scope in which nothing was made yet. */
  public Scope(String name) {
    this.name = name;
  }

  /** How messages call it. */
  public String name() {
    return name;
  }

  /** Things that belong to it, those included that have ended and were not looked at since. Zero means: nothing is left. */
  int marks() {
    return marks.get();
  }

  /** The stack of the current thread, which hands in a task; {@code null} when there were many already. */
  @Nullable
  Throwable takeStack() {
    return stacks++ < STACKS ? new Throwable() : null;
  }

  /** Changes whenever something begins to belong to it, or no longer does. */
  int changes() {
    return changes.get();
  }

  void countMark() {
    changes.getAndIncrement();
    marks.getAndIncrement();
  }

  void countMarkGone() {
    marks.getAndDecrement();
    changes.getAndIncrement();
  }

  @Override
  public String toString() {
    return name;
  }
}
