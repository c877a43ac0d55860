package io.leakwatch.finding;

import java.util.List;

/**
 * What the agent in a JVM knows of the threads of a proof's finding, beside what is in the finding. A value.
 *
 * @param threads how many of them it knows
 * @param fingerprints of its own open findings that they belong to
 * @param executors that they work for, those of most threads first
 */
public record KnownThreads(
    long threads, List<String> fingerprints, List<ThreadOrigin.Executor> executors) {
  /** As many executors are told of. */
  private static final int MAX_EXECUTORS = 10;

  public KnownThreads {
    fingerprints = List.copyOf(fingerprints);
    executors = List.copyOf(executors.subList(0, Math.min(MAX_EXECUTORS, executors.size())));
  }
}
