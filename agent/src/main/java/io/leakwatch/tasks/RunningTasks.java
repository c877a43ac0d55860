package io.leakwatch.tasks;

import java.time.Duration;

/**
 * Running tasks that are alike: the same task, at the same line.
 *
 * @param count how many they are
 * @param task which it is: the class that was handed in, or the method that it is
 * @param oldest how long the oldest of them has been running at the least
 * @param thread the name of that one's thread; {@code #} and its number where it has none
 * @param state the state of that thread
 * @param at the innermost frame of the application, else of a library, else of the JDK; empty when it had ended
 * @param submittedAt the application's frame that handed it in; empty when unknown
 */
public record RunningTasks(
    long count,
    String task,
    Duration oldest,
    String thread,
    Thread.State state,
    String at,
    String submittedAt) {}
