package io.leakwatch.finding;

/** How sure a finding is, from the weakest to the strongest, and what became of it. */
public enum Verdict {
  /** Reported earlier; its threads ended since. Said out loud, never counted as open. */
  RETRACTED,
  /** A single rule fired. Never fails a build by default. */
  SUSPECTED,
  /** Strong evidence over several samples: it keeps growing and the survivors do not end. */
  CONFIRMED,
  /** Cannot be otherwise. */
  PROVEN;

  /** Whether this verdict is at least as strong as {@code other}. */
  public boolean atLeast(Verdict other) {
    return compareTo(other) >= 0;
  }
}
