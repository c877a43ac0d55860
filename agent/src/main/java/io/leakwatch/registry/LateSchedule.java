package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Periodic tasks of one class that were scheduled at one place, in pools or timers made at one place, and that are late by
 * a period or more at a census. What is said of one task is said of the one that is most behind.
 */
public final class LateSchedule {
  private final OriginClass origin;
  private final @Nullable CreationSite scheduledAt;
  private final @Nullable ExecutorEntry owner;
  private final boolean ofTimer;
  private final boolean fixedRate;
  private long tasks;
  private long runsBehind;
  private long lateNanos;
  private long periodNanos;
  private long due;
  private boolean running;
  private WeakReference<Thread> thread = new WeakReference<>(null);

  LateSchedule(
      PeriodicTask task, @Nullable ExecutorEntry owner, boolean ofTimer, boolean fixedRate) {
    this.origin = task.origin();
    this.scheduledAt = task.scheduledAt();
    this.owner = owner;
    this.ofTimer = ofTimer;
    this.fixedRate = fixedRate;
  }

  /** What their class is. */
  public OriginClass origin() {
    return origin;
  }

  /** Where they were scheduled; {@code null} when that is unknown. */
  public @Nullable CreationSite scheduledAt() {
    return scheduledAt;
  }

  /** What runs one of them; {@code null} when the account does not know it any more. */
  public @Nullable ExecutorEntry owner() {
    return owner;
  }

  /** Whether they are a timer's. */
  public boolean ofTimer() {
    return ofTimer;
  }

  /** Whether at a fixed rate, else with a fixed delay. */
  public boolean fixedRate() {
    return fixedRate;
  }

  /** How many are late by a period or more. */
  public long tasks() {
    return tasks;
  }

  /** Whole periods, or delays, since the most late one was due. */
  public long runsBehind() {
    return runsBehind;
  }

  /** Since when it was due, in ns. */
  public long lateNanos() {
    return lateNanos;
  }

  /** Its period, or its delay, in ns; 1 or more. */
  public long periodNanos() {
    return periodNanos;
  }

  /** When it was due, by the clock of what runs it: from another run on this is another number. */
  public long due() {
    return due;
  }

  /** Whether it was running at the census. */
  public boolean running() {
    return running;
  }

  /** The thread that runs it, or the timer's that would; {@code null} when there is none, or it was collected. */
  public @Nullable Thread thread() {
    return thread.get();
  }

  /** Adds one task. */
  void add(long late, long period, long dueAt, boolean runs, @Nullable Thread by) {
    tasks++;
    if (late / period > runsBehind) {
      runsBehind = late / period;
      lateNanos = late;
      periodNanos = period;
      due = dueAt;
      running = runs;
      thread = new WeakReference<>(by);
    }
  }
}
