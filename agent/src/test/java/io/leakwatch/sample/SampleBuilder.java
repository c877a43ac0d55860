package io.leakwatch.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A sample by hand, with nothing in it but what is said. */
public final class SampleBuilder {
  private final int index;
  private final Instant time;
  private final Duration elapsed;
  private long platform;
  private long virtual;
  private List<SiteThreads> threads = List.of();
  private List<SiteExecutors> executors = List.of();
  private List<EndedTask> endedTasks = List.of();
  private List<SlowTask> slowTasks = List.of();
  private List<HeldLock> heldLocks = List.of();
  private List<StoppedTasks> stoppedTasks = List.of();
  private List<LateTasks> lateTasks = List.of();
  private List<VanishedTasks> vanishedTasks = List.of();
  private Scheduler scheduler = Scheduler.UNKNOWN;

  private SampleBuilder(int index, Instant time, Duration elapsed) {
    this.index = index;
    this.time = time;
    this.elapsed = elapsed;
  }

  public static SampleBuilder sample(int index, Instant time, Duration elapsed) {
    return new SampleBuilder(index, time, elapsed);
  }

  public SampleBuilder liveThreads(long platformThreads, long virtualThreads) {
    platform = platformThreads;
    virtual = virtualThreads;
    return this;
  }

  public SampleBuilder threads(List<SiteThreads> value) {
    threads = value;
    return this;
  }

  public SampleBuilder executors(List<SiteExecutors> value) {
    executors = value;
    return this;
  }

  public SampleBuilder endedTasks(List<EndedTask> value) {
    endedTasks = value;
    return this;
  }

  public SampleBuilder slowTasks(List<SlowTask> value) {
    slowTasks = value;
    return this;
  }

  public SampleBuilder heldLocks(List<HeldLock> value) {
    heldLocks = value;
    return this;
  }

  public SampleBuilder stoppedTasks(List<StoppedTasks> value) {
    stoppedTasks = value;
    return this;
  }

  public SampleBuilder lateTasks(List<LateTasks> value) {
    lateTasks = value;
    return this;
  }

  public SampleBuilder vanishedTasks(List<VanishedTasks> value) {
    vanishedTasks = value;
    return this;
  }

  public SampleBuilder scheduler(Scheduler value) {
    scheduler = value;
    return this;
  }

  public Sample build() {
    return new Sample(
        index,
        time,
        elapsed,
        platform,
        virtual,
        threads,
        executors,
        0,
        endedTasks,
        slowTasks,
        heldLocks,
        stoppedTasks,
        lateTasks,
        vanishedTasks,
        scheduler,
        null);
  }
}
