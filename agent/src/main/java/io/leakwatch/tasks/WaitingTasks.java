package io.leakwatch.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one class that wait in a queue.
 *
 * @param count how many they are
 * @param task which they are: the method that they are, or their class
 * @param oldest how long the oldest of them has been waiting at the least, or how late it is in a scheduled pool;
 *     {@code null} when unknown
 * @param submittedAt the application's frame that hands them in; empty when unknown
 */
public record WaitingTasks(
    long count, String task, @Nullable Duration oldest, String submittedAt) {}
