package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;

/**
 * A task of a thread pool that has been running for longer than {@code slow-task}.
 *
 * @param threadName the worker that runs it
 * @param since the sample at which it was first seen running
 * @param runningFor since that sample: it has been running for that long at the least
 * @param noun what its executor is called
 * @param executorCreatedAt innermost frame first; empty when unknown
 * @param thread the worker, looked at
 */
public record SlowTask(
    String threadName,
    int since,
    Duration runningFor,
    String noun,
    List<StackTraceElement> executorCreatedAt,
    ThreadDetail thread) {}
