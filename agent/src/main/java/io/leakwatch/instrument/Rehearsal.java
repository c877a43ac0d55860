package io.leakwatch.instrument;

/**
 * Woven once before the JDK's classes are, so that every class that weaving needs is loaded by then. Has what those
 * methods have: branches, a handler, a task as its last parameter.
 */
final class Rehearsal {
  static final String PLAY_DESCRIPTOR = "(IJLjava/lang/Runnable;)V";

  private int plays;

  void play(int times, long limit, Runnable task) {
    try {
      for (int i = 0; i < times && plays < limit; i++) {
        task.run();
      }
    } finally {
      plays++;
    }
  }
}
