package io.leakwatch.tasks;

import java.time.Duration;

/**
 * Virtual threads that work for no executor and were made at one place.
 *
 * @param count how many they are
 * @param createdAt the application's frame that makes them, else the class of their task
 * @param oldest age of the oldest of them, at the least
 * @param state the state of that one
 * @param at its innermost frame of the application, else of a library, else of the JDK; empty when it had ended
 */
public record ThreadTasks(
    long count, String createdAt, Duration oldest, Thread.State state, String at) {}
