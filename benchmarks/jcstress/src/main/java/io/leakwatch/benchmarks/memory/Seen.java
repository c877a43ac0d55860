package io.leakwatch.benchmarks.memory;

/** What the reading thread saw. */
final class Seen {
  /** It was not told of a value. */
  static final String NOT_READY = "not ready";

  /** It was told of a value, and saw it. */
  static final String WRITTEN = "written";

  /** It was told of a value, and saw what had been there before: a data race. */
  static final String STALE = "stale";

  private Seen() {}

  /** What it saw when it had been told that the value, 0 at first, is 1 now. */
  static String of(int value) {
    return value == 1 ? WRITTEN : STALE;
  }
}
