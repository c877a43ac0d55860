package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Periodic tasks of one class that were scheduled at one place, in pools or timers made at one place, and that are late by
 * a period or more at one sample. What is said of one task is said of the one that is most behind.
 *
 * @param origin the same number in each sample, as long as one of them is late
 * @param taskClass the class of the tasks
 * @param scheduledAt where they were scheduled, innermost frame first; empty when unknown
 * @param poolOrigin the number of what runs them, see {@link SiteExecutors#origin()}; 0 when unknown
 * @param poolNoun what that is called
 * @param poolCreatedAt where that was made, innermost frame first; empty when unknown
 * @param fixedRate whether at a fixed rate, else with a fixed delay
 * @param count how many are late by a period or more
 * @param runsBehind whole periods since the most late one was due
 * @param late since when it was due
 * @param period its period, or its delay
 * @param running whether it was running
 * @param sameRunSince the sample since which it is the same run that is late
 * @param thread the thread that runs it, or the timer's that would; {@code null} when there is none, and in all but the
 *     newest sample
 */
public record LateTasks(
    long origin,
    String taskClass,
    List<StackTraceElement> scheduledAt,
    long poolOrigin,
    String poolNoun,
    List<StackTraceElement> poolCreatedAt,
    boolean fixedRate,
    long count,
    long runsBehind,
    Duration late,
    Duration period,
    boolean running,
    int sameRunSince,
    @Nullable ThreadDetail thread) {

  LateTasks withoutDetails() {
    return thread == null
        ? this
        : new LateTasks(
            origin,
            taskClass,
            scheduledAt,
            poolOrigin,
            poolNoun,
            poolCreatedAt,
            fixedRate,
            count,
            runsBehind,
            late,
            period,
            running,
            sameRunSince,
            null);
  }
}
