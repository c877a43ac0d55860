package io.leakwatch.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding that comes from a proof.
 *
 * @param tracked the finding; new, since a proof has no past
 * @param level what was proven
 * @param confirmed whether its threads were seen not to run around the moment of the dump
 * @param threadNames the threads' names: ten of them, or all when that was asked for
 * @param threads the threads' numbers, as far as the dump has them
 * @param known what the agent in that JVM knows of the threads; {@code null} when there is none
 */
public record ProvenFinding(
    TrackedFinding tracked,
    ProofLevel level,
    boolean confirmed,
    List<String> threadNames,
    List<Long> threads,
    @Nullable KnownThreads known) {
  public ProvenFinding {
    threadNames = List.copyOf(threadNames);
    threads = List.copyOf(threads);
  }
}
