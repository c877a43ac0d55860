package io.leakwatch.junit;

/** At whose end it is looked what is left behind. */
public enum LeakScope {
  /** What is said further out; else {@link #METHOD}. */
  DEFAULT,
  /** Each test; and each class, for what its {@code @BeforeAll} methods make. */
  METHOD,
  /** Each class: what its tests share and end together is not held against it. */
  CLASS,
  /** The whole run of this JVM. */
  RUN
}
