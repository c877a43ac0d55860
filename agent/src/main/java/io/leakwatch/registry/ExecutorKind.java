package io.leakwatch.registry;

import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/** What sort of executor it is, and what its kind is called in a report. */
public enum ExecutorKind {
  THREAD_POOL("executor"),
  SCHEDULED_POOL("scheduled executor"),
  FORK_JOIN_POOL("fork-join pool"),
  THREAD_PER_TASK("thread-per-task executor"),
  TIMER("timer");

  private final String noun;

  ExecutorKind(String noun) {
    this.noun = noun;
  }

  /** In the singular; the plural has an {@code s} at its end. */
  public String noun() {
    return noun;
  }

  static ExecutorKind of(Object executor) {
    if (executor instanceof ScheduledThreadPoolExecutor) {
      return SCHEDULED_POOL;
    }
    if (executor instanceof ThreadPoolExecutor) {
      return THREAD_POOL;
    }
    if (executor instanceof ForkJoinPool) {
      return FORK_JOIN_POOL;
    }
    return executor instanceof Timer || TimerBooks.isThread(executor) ? TIMER : THREAD_PER_TASK;
  }
}
