package io.leakwatch.config;

import io.leakwatch.finding.Verdict;
import org.jspecify.annotations.Nullable;

/** The weakest verdict that changes the JVM's exit status while its finding is open at exit. */
public enum FailOn {
  NEVER(null),
  PROVEN(Verdict.PROVEN),
  CONFIRMED(Verdict.CONFIRMED),
  SUSPECTED(Verdict.SUSPECTED);

  private final @Nullable Verdict weakest;

  FailOn(@Nullable Verdict weakest) {
    this.weakest = weakest;
  }

  /** Whether an open finding with this verdict changes the exit status. Never true for a retracted one. */
  public boolean failsOn(Verdict verdict) {
    return weakest != null && verdict.atLeast(weakest);
  }
}
