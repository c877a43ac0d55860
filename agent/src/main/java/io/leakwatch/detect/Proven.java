package io.leakwatch.detect;

import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.SiteProof;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proof says of the threads of one finding. All that it could be about must be proven for the finding to
 * be: those that have come since are of the same cause, and are counted apart.
 */
final class Proven {
  private final long threads;
  private long proven;
  private long covered;
  private @Nullable String source;

  /**
   * Of a finding.
   *
   * @param threads how many it has
   * @param proofs one for each of its groups, {@code null} where there is none
   */
  Proven(long threads, List<@Nullable SiteProof> proofs) {
    this.threads = threads;
    for (SiteProof proof : proofs) {
      if (proof != null) {
        proven += proof.proven();
        covered += proof.covered();
        source = proof.source();
      }
    }
  }

  /** PROVEN, or what the finding is worth without the proof. */
  Verdict verdict(Verdict otherwise) {
    return proven > 0 && proven == covered && otherwise == Verdict.CONFIRMED
        ? Verdict.PROVEN
        : otherwise;
  }

  /** A phrase, or nothing where nothing was proven. */
  List<String> evidence() {
    if (source == null || proven == 0) {
      return List.of();
    }
    String younger = covered < threads ? "; " + (threads - covered) + " too young for it" : "";
    return List.of(proven + " of " + Words.count(covered, "thread")
        + " proven never to run again by the "
        + source
        + younger);
  }
}
