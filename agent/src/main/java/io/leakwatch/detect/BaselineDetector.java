package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteThreads;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The plain rule, known from Go's leak checks: more live threads than {@code baseline-factor} times what there were when
 * the warm-up ended. Tells of no cause, so it is SUSPECTED only, and comes with a grouped stack dump.
 */
public final class BaselineDetector implements LeakDetector {
  private static final int GROUPS_SHOWN = 5;

  private final double factor;

  /** SUSPECTED above {@code factor} times the baseline. */
  public BaselineDetector(double factor) {
    this.factor = factor;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    OptionalLong baseline = history.baseline();
    Sample newest = history.newest();
    long live = newest.liveThreads();
    if (baseline.isEmpty() || live <= factor * baseline.getAsLong()) {
      return List.of();
    }
    long base = baseline.getAsLong();
    FindingKind kind = FindingKind.THREADS_OVER_BASELINE;
    String times = String.format(Locale.ROOT, "%.1f", (double) live / Math.max(1, base));
    Duration since = overSince(history, base);
    return List.of(new Finding(
        Fingerprint.of(kind, List.of(), List.of()),
        kind,
        Verdict.SUSPECTED,
        true,
        live,
        live,
        0,
        since,
        since,
        List.of(),
        live + " live threads, " + times + " times the baseline of " + base,
        Words.count(live, "thread"),
        "",
        List.of(
            live + " live against a baseline of " + base + " (" + times + " times)",
            newest.platformThreads() + " platform, " + newest.virtualThreads() + " virtual"),
        kind.advice(),
        List.of(),
        List.of(),
        List.of(),
        stackGroups(newest)));
  }

  private Duration overSince(SampleHistory history, long base) {
    List<Sample> samples = history.afterWarmup();
    int first = samples.size() - 1;
    while (first > 0 && samples.get(first - 1).liveThreads() > factor * base) {
      first--;
    }
    return history.newest().elapsed().minus(samples.get(first).elapsed());
  }

  /** Single threads, among them the JVM's own, are told only where there is nothing else. */
  private static List<StackGroup> stackGroups(Sample sample) {
    boolean crowds = sample.threads().stream().anyMatch(group -> group.count() > 1);
    return sample.threads().stream()
        .filter(group -> !crowds || group.count() > 1)
        .limit(GROUPS_SHOWN)
        .map(BaselineDetector::stackGroup)
        .toList();
  }

  private static StackGroup stackGroup(SiteThreads group) {
    String noun = group.virtual() ? "virtual thread" : "thread";
    String waiting = Culprits.waiting(group.details());
    return new StackGroup(
        group.count(),
        Words.count(group.count(), noun) + " of " + group.taskClass()
            + (waiting.isEmpty() ? "" : ": " + waiting),
        Frames.text(group.createdAt()),
        Frames.text(Culprits.waitingStack(group.details())));
  }
}
