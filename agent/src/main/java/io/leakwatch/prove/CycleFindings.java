package io.leakwatch.prove;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.Frames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes findings of the virtual threads that a collector cycle has found, by where they wait, as a heap dump's proof does. */
public final class CycleFindings {
  private static final String EVIDENCE =
      "two full collections came to it by nothing but the agent's own hold";

  private CycleFindings() {}

  /** The findings, those of most threads first. */
  public static List<ProvenFinding> of(List<StuckThreads> stuck, Instant time) {
    Map<String, List<StuckThreads>> causes = new LinkedHashMap<>();
    for (StuckThreads each : stuck) {
      String fingerprint = Fingerprint.of(
          FindingKind.NEVER_RUNS_AGAIN,
          List.of(WaitWords.place(each.stack())),
          WaitWords.significant(each.stack()));
      causes.computeIfAbsent(fingerprint, f -> new ArrayList<>()).add(each);
    }
    List<ProvenFinding> findings = new ArrayList<>();
    causes.forEach((fingerprint, threads) -> findings.add(finding(fingerprint, threads, time)));
    findings.sort(Comparator.comparing(found -> -found.tracked().finding().threads()));
    return findings;
  }

  private static ProvenFinding finding(String fingerprint, List<StuckThreads> stuck, Instant time) {
    FindingKind kind = FindingKind.NEVER_RUNS_AGAIN;
    List<StackTraceElement> stack = stuck.get(0).stack();
    List<Long> threads =
        stuck.stream().flatMap(each -> each.threads().stream()).sorted().toList();
    List<String> names = stuck.stream()
        .flatMap(each -> each.names().stream())
        .limit(Finding.MAX_THREAD_NAMES)
        .toList();
    boolean one = threads.size() == 1;
    String headline = threads.size() + (one ? " virtual thread" : " virtual threads");
    List<StackTraceElement> visible = WaitWords.visible(stack);
    Finding finding = new Finding(
        fingerprint,
        kind,
        Verdict.PROVEN,
        true,
        threads.size(),
        threads.size(),
        0,
        Duration.ZERO,
        Duration.ZERO,
        Frames.applicationFrames(visible, 1),
        headline + (one ? " waits" : " wait") + " for what nothing can reach",
        headline,
        WaitWords.of(stack, Wait.PARK),
        List.of(EVIDENCE),
        kind.advice(),
        names,
        List.of(),
        Frames.text(visible),
        List.of());
    TrackedFinding tracked =
        new TrackedFinding(finding, Verdict.PROVEN, FindingState.NEW, time, false);
    return new ProvenFinding(tracked, ProofLevel.PROVEN, true, names, threads, null);
  }
}
