package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.SampleHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Runs all detectors. What a stronger finding explains opens no finding of its own any more; one that was said before stays
 * open while it is true.
 */
public final class Detectors implements LeakDetector {
  private final List<LeakDetector> detectors;

  public Detectors(List<LeakDetector> detectors) {
    this.detectors = List.copyOf(detectors);
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Finding> findings = new ArrayList<>();
    for (LeakDetector detector : detectors) {
      findings.addAll(detector.detect(history));
    }
    findings.replaceAll(
        f -> f.kind() == FindingKind.THREADS_OVER_BASELINE && isExplained(f, findings, history)
            ? f.notOpening()
            : f);
    return findings;
  }

  /** Whether stronger findings account for at least half of what is over the baseline. */
  private static boolean isExplained(Finding over, List<Finding> all, SampleHistory history) {
    OptionalLong baseline = history.baseline();
    long excess = over.threads() - baseline.orElse(0);
    long explained = all.stream()
        .filter(f -> f.verdict().atLeast(Verdict.CONFIRMED))
        .mapToLong(Finding::threads)
        .sum();
    return 2 * explained >= excess;
  }
}
