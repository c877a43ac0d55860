package io.leakwatch.finding;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account knows of some threads that were made at one place, at about the same time, for the same executors. A value.
 *
 * @param threads their numbers, ascending
 * @param age how long they have been there at the least
 * @param suspects application frames that made them, the most likely culprit first; empty when unknown
 * @param createdAt frames of the creation site, innermost first; empty when unknown
 * @param executor what they work for; {@code null} when nothing
 * @param fingerprints of the account's open findings that they belong to
 */
public record ThreadOrigin(
    List<Long> threads,
    Duration age,
    List<String> suspects,
    List<String> createdAt,
    @Nullable Executor executor,
    List<String> fingerprints) {

  /**
   * The executors of threads.
   *
   * @param noun what they are called, in the singular
   * @param suspects application frames that made them, the most likely culprit first; empty when unknown
   * @param createdAt frames of their creation site, innermost first; empty when unknown
   */
  public record Executor(String noun, List<String> suspects, List<String> createdAt) {
    public Executor {
      suspects = List.copyOf(suspects);
      createdAt = List.copyOf(createdAt);
    }
  }

  public ThreadOrigin {
    threads = List.copyOf(threads);
    suspects = List.copyOf(suspects);
    createdAt = List.copyOf(createdAt);
    fingerprints = List.copyOf(fingerprints);
  }
}
