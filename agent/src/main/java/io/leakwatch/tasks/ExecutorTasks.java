package io.leakwatch.tasks;

import java.util.List;

/**
 * The executors that were made at one place, most often a single one.
 *
 * @param noun what they are called, in the singular, such as {@code fork-join pool} or {@code timer}
 * @param name such as {@code the common pool}, or the class where that is not the JDK's; empty when there is nothing to say
 * @param createdAt the frame to know them by, the application's where there is one; empty when unknown
 * @param executors how many they are
 * @param shutDown of these, shut down and not terminated
 * @param adopted whether they were there before the agent, so that their counts began before it or are not complete
 * @param threads live threads of them all
 * @param maximum how many threads they may have together; {@link Integer#MAX_VALUE} when there is no limit
 * @param counts what became of the tasks that were handed in
 * @param running what runs, the oldest first; what is alike is one
 * @param untoldRunning running tasks that found no place in that list
 * @param waiting what waits in their queues, the oldest first; what is alike is one
 * @param untoldWaiting waiting tasks that found no place in that list
 */
public record ExecutorTasks(
    String noun,
    String name,
    String createdAt,
    long executors,
    long shutDown,
    boolean adopted,
    long threads,
    long maximum,
    TaskCounts counts,
    List<RunningTasks> running,
    long untoldRunning,
    List<WaitingTasks> waiting,
    long untoldWaiting) {

  public ExecutorTasks {
    running = List.copyOf(running);
    waiting = List.copyOf(waiting);
  }
}
