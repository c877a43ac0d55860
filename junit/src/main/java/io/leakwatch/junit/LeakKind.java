package io.leakwatch.junit;

/** What a test can leave behind. The names are those of the agent's JSON reports. */
public enum LeakKind {
  /** A thread, of either sort, that the test has started. */
  THREAD_LEFT_RUNNING,
  /** An executor or a timer that the test has made, has not shut down, and that has threads. */
  EXECUTOR_NEVER_SHUT_DOWN,
  /** An executor that the test has made and shut down, and whose threads go on. */
  EXECUTOR_NOT_TERMINATED,
  /** A task that the test has handed in to an executor that was made outside. */
  TASK_LEFT_RUNNING,
  /** A periodic task that the test has not cancelled, in an executor that was made outside. */
  SCHEDULE_LEFT
}
