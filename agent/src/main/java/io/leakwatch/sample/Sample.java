package io.leakwatch.sample;

import io.leakwatch.tasks.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM looked like at one moment. Immutable; holds text and numbers only.
 *
 * @param index 0 for the first sample, then one more each
 * @param time wall-clock time, for reports only
 * @param elapsed since the agent's start, by a clock that never jumps: what growth and ages are computed from
 * @param platformThreads live platform threads, without the agent's and the carriers
 * @param virtualThreads live virtual threads
 * @param threads all of them by origin
 * @param executors executors by origin
 * @param queuedTasks tasks in the queues of thread pools
 * @param endedTasks tasks that were slow at a sample before and have ended since; empty in all but the newest sample
 * @param slowTasks the oldest of the slow tasks, the oldest first; empty in all but the newest sample
 * @param heldLocks locks that may never come free, at most a few hundred
 * @param stoppedTasks all periodic tasks that run no more since they threw; empty in all but the newest sample
 * @param lateTasks periodic tasks that are late by a period or more, by groups, those that are most behind first; at most a
 *     few hundred groups
 * @param vanishedTasks virtual threads that are no more and had not ended, by the classes of their tasks
 * @param scheduler the carriers of virtual threads
 * @param tasks what the executors run; only in the newest sample, and only when it was asked for, else {@code null}
 */
public record Sample(
    int index,
    Instant time,
    Duration elapsed,
    long platformThreads,
    long virtualThreads,
    List<SiteThreads> threads,
    List<SiteExecutors> executors,
    long queuedTasks,
    List<EndedTask> endedTasks,
    List<SlowTask> slowTasks,
    List<HeldLock> heldLocks,
    List<StoppedTasks> stoppedTasks,
    List<LateTasks> lateTasks,
    List<VanishedTasks> vanishedTasks,
    Scheduler scheduler,
    @Nullable TaskView tasks) {
  public Sample {
    threads = List.copyOf(threads);
    executors = List.copyOf(executors);
    endedTasks = List.copyOf(endedTasks);
    slowTasks = List.copyOf(slowTasks);
    heldLocks = List.copyOf(heldLocks);
    stoppedTasks = List.copyOf(stoppedTasks);
    lateTasks = List.copyOf(lateTasks);
    vanishedTasks = List.copyOf(vanishedTasks);
  }

  /** Live threads of both kinds. */
  public long liveThreads() {
    return platformThreads + virtualThreads;
  }

  Sample withoutDetails() {
    return new Sample(
        index,
        time,
        elapsed,
        platformThreads,
        virtualThreads,
        threads.stream().map(SiteThreads::withoutDetails).toList(),
        executors.stream().map(SiteExecutors::withoutDetails).toList(),
        queuedTasks,
        List.of(),
        List.of(),
        heldLocks.stream().map(HeldLock::withoutDetails).toList(),
        List.of(),
        lateTasks.stream().map(LateTasks::withoutDetails).toList(),
        vanishedTasks.stream().map(VanishedTasks::withoutDetails).toList(),
        scheduler.withoutDetails(),
        null);
  }
}
