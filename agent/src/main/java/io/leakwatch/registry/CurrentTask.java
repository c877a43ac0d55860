package io.leakwatch.registry;

/**
 * The task that a thread runs for its executor. Never the task itself: that is in the worker's own hands.
 *
 * @param number of one thread, the same at two censuses if it ran the same task at both, and else another
 */
public record CurrentTask(long number) {
  /** Of a thread that runs one task from its start to its end. */
  static final CurrentTask ONLY = new CurrentTask(0);
}
