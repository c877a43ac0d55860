package io.leakwatch.registry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who owns what is made in it: one test, one class of tests, one run. Compared by identity; refers to nothing of the
 * application's. Thread-safe.
 */
public final class Scope {
  private final String name;
  private final AtomicInteger marks = new AtomicInteger();

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

  void countMark() {
    marks.getAndIncrement();
  }

  void countMarkGone() {
    marks.getAndDecrement();
  }

  @Override
  public String toString() {
    return name;
  }
}
