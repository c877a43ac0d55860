package io.leakwatch.finding;

import java.util.List;

/**
 * Threads that stand for one stack in a report.
 *
 * @param count how many live threads this stack stands for; the stack itself is a sample
 * @param title what the threads are, in a few words, such as {@code 40 virtual threads of com.acme.Poller}
 * @param createdAt frames of the creation site, innermost first; empty when unknown
 * @param waitingAt frames of one representative thread, innermost first; empty when none was sampled
 */
public record StackGroup(long count, String title, List<String> createdAt, List<String> waitingAt) {
  public StackGroup {
    createdAt = List.copyOf(createdAt);
    waitingAt = List.copyOf(waitingAt);
  }
}
