package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;

/**
 * Periodic tasks of one class that their scheduled pools run no more since they threw an exception.
 *
 * @param taskClass the class of the tasks
 * @param exceptionClass the class of what they threw
 * @param count how many were dropped since the start
 * @param since the time of the first sample that knew of one, by the clock of {@link Sample#elapsed()}
 * @param poolCreatedAt where their pool was made, innermost frame first; empty when unknown
 */
public record StoppedTasks(
    String taskClass,
    String exceptionClass,
    long count,
    Duration since,
    List<StackTraceElement> poolCreatedAt) {}
