package io.leakwatch.tasks;

import java.util.List;

/**
 * Which executors there are, what they run and what waits in them. Bounded however many tasks there are: what is alike is
 * told as one, and of the rest the number.
 *
 * <p>Frames are written as in a finding: {@code com.acme.QuoteService.quote(QuoteService.java:42)}.
 *
 * @param executors those that were made at one place are one; the busiest first
 * @param untoldExecutors executors that found no place in the list
 * @param threads virtual threads that work for no executor, by the place where they are made; the largest first
 * @param untoldThreads virtual threads that found no place in that list
 * @param cancelledInQueues tasks that were cancelled before they ran, whose executor cannot be told; since the agent's start
 */
public record TaskView(
    List<ExecutorTasks> executors,
    long untoldExecutors,
    List<ThreadTasks> threads,
    long untoldThreads,
    long cancelledInQueues) {

  public TaskView {
    executors = List.copyOf(executors);
    threads = List.copyOf(threads);
  }
}
