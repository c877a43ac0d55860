package io.leakwatch.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Counts the threads of one group that a proof is about, while a census runs. Holds numbers only. */
final class ProofTally {
  private final ProvenThreads proof;
  private final boolean listed;
  private final TreeMap<Integer, List<Long>> foundBySlot = new TreeMap<>();
  private long proven;
  private long covered;

  /**
   * A tally of none.
   *
   * @param listed whether the threads are listed, too
   */
  ProofTally(ProvenThreads proof, boolean listed) {
    this.proof = proof;
    this.listed = listed;
  }

  /**
   * Counts a thread.
   *
   * @param slot of the sample that it was first there at
   */
  void visit(long thread, boolean virtual, int slot) {
    if (proof.isEmpty()) {
      return;
    }
    if (proof.covers(thread, virtual)) {
      covered++;
      proven += proof.isProven(thread) ? 1 : 0;
    }
    if (listed && proof.isFound(thread)) {
      foundBySlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(thread);
    }
  }

  /**
   * What the proof says of the group; {@code null} when there is none.
   *
   * @param ageOfSlot how long threads have been there that were first there at the sample of a slot
   */
  @Nullable
  SiteProof build(IntFunction<Duration> ageOfSlot) {
    if (proof.isEmpty()) {
      return null;
    }
    List<SiteProof.Found> found = new ArrayList<>();
    foundBySlot.forEach((slot, threads) -> {
      threads.sort(null);
      found.add(new SiteProof.Found(ageOfSlot.apply(slot), threads));
    });
    return new SiteProof(proof.source(), proven, covered, found);
  }
}
