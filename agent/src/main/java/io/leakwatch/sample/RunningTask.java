package io.leakwatch.sample;

import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.time.Duration;

/**
 * A task that runs at the sample at hand. Holds its thread: for the time of that sample.
 *
 * @param live the thread that runs it
 * @param executor whose thread that is
 * @param number tells it from other tasks of the same thread
 * @param since the first sample at which it ran
 * @param runningFor since that sample: it has been running for that long at the least
 */
record RunningTask(
    LiveThread live, ExecutorEntry executor, long number, int since, Duration runningFor) {}
