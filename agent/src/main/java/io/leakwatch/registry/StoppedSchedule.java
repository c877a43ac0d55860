package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/**
 * Periodic tasks of one class, of the scheduled pools made at one place, that were dropped because they threw the same
 * exception; or those that died with their timer because a task of one class threw. Belongs to the thread that takes the
 * census.
 */
public final class StoppedSchedule {
  private final @Nullable CreationSite site;
  private final @Nullable CreationSite scheduledAt;
  private final boolean ofTimer;
  private final String taskClass;
  private final String exceptionClass;
  private long count;

  StoppedSchedule(
      @Nullable CreationSite site,
      @Nullable CreationSite scheduledAt,
      boolean ofTimer,
      String taskClass,
      String exceptionClass) {
    this.site = site;
    this.scheduledAt = scheduledAt;
    this.ofTimer = ofTimer;
    this.taskClass = taskClass;
    this.exceptionClass = exceptionClass;
  }

  /** Where their pool, or timer, was made; {@code null} when that is unknown. */
  public @Nullable CreationSite site() {
    return site;
  }

  /** Where what threw was scheduled; {@code null} when that is unknown. */
  public @Nullable CreationSite scheduledAt() {
    return scheduledAt;
  }

  /** Whether they died with their timer. */
  public boolean ofTimer() {
    return ofTimer;
  }

  /** The class of what threw. */
  public String taskClass() {
    return taskClass;
  }

  /** What was thrown. */
  public String exceptionClass() {
    return exceptionClass;
  }

  /** How many run no more so far. */
  public long count() {
    return count;
  }

  void count(int more) {
    count += more;
  }
}
