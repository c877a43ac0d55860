package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/**
 * Periodic tasks of one class, of the scheduled pools made at one place, that were dropped because they threw the same
 * exception. Belongs to the thread that takes the census.
 */
public final class StoppedSchedule {
  private final @Nullable CreationSite site;
  private final String taskClass;
  private final String exceptionClass;
  private long count;

  StoppedSchedule(@Nullable CreationSite site, String taskClass, String exceptionClass) {
    this.site = site;
    this.taskClass = taskClass;
    this.exceptionClass = exceptionClass;
  }

  /** Where their pool was made; {@code null} when that is unknown. */
  public @Nullable CreationSite site() {
    return site;
  }

  /** The class of the tasks. */
  public String taskClass() {
    return taskClass;
  }

  /** What they threw. */
  public String exceptionClass() {
    return exceptionClass;
  }

  /** How many have been dropped so far. */
  public long count() {
    return count;
  }

  void countOneMore() {
    count++;
  }
}
