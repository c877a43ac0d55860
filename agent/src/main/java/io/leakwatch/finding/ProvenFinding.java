package io.leakwatch.finding;

import java.util.List;

/**
 * A finding that comes from a proof.
 *
 * @param tracked the finding; new, since a proof has no past
 * @param level what was proven
 * @param confirmed whether its threads were seen not to run around the moment of the dump
 * @param threadNames the threads' names: ten of them, or all when that was asked for
 */
public record ProvenFinding(
    TrackedFinding tracked, ProofLevel level, boolean confirmed, List<String> threadNames) {
  public ProvenFinding {
    threadNames = List.copyOf(threadNames);
  }
}
