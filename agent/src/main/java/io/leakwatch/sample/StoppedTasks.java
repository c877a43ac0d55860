package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;

/**
 * Periodic tasks of one class that their scheduled pools run no more since they threw an exception; or tasks of any class
 * that died with their timers because one threw.
 *
 * @param ofTimer whether they died with their timers
 * @param taskClass the class of what threw
 * @param exceptionClass the class of what was thrown
 * @param count how many run no more, since the start
 * @param since the time of the first sample that knew of one, by the clock of {@link Sample#elapsed()}
 * @param scheduledAt where what threw was scheduled, innermost frame first; empty when unknown
 * @param poolCreatedAt where their pool, or timer, was made, innermost frame first; empty when unknown
 */
public record StoppedTasks(
    boolean ofTimer,
    String taskClass,
    String exceptionClass,
    long count,
    Duration since,
    List<StackTraceElement> scheduledAt,
    List<StackTraceElement> poolCreatedAt) {}
