package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.SiteProof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Executors and timers made at one site again and again and never shut down: CONFIRMED when the low-water mark of those
 * that are open and have threads keeps rising. Executors without threads do not count, the garbage collector takes them.
 * What a library made is called after the client that it made them for, see {@link Cause}.
 */
public final class ExecutorNeverShutDownDetector implements LeakDetector {
  private final int settle;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param settle how often the growth must be seen; see the option of that name
   * @param owners whose code is whose, for the choice of suspects
   */
  public ExecutorNeverShutDownDetector(int settle, CodeOwners owners) {
    this.settle = settle;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    SiteGrowth growths = new SiteGrowth(history, settle);
    List<Finding> findings = new ArrayList<>();
    bySite(history.newest().executors(), growths).forEach((fingerprint, groups) -> {
      Growth growth = growths.leakOfExecutors(groups);
      if (growth != null) {
        findings.add(finding(fingerprint, groups, growth, growths));
      }
    });
    return findings;
  }

  /** Groups with the same application frames leak for the same cause, over different paths. The largest comes first. */
  static Map<String, List<SiteExecutors>> bySite(List<SiteExecutors> groups, SiteGrowth growths) {
    return groups.stream()
        .filter(g -> growths.isYoung(g.open()))
        .collect(Collectors.groupingBy(
            ExecutorNeverShutDownDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
  }

  static String fingerprint(SiteExecutors group) {
    return Fingerprint.of(
        FindingKind.EXECUTOR_NEVER_SHUT_DOWN,
        Culprits.fingerprintFrames(group.createdAt(), group.details(), group.className()),
        Culprits.kindOfThing(group.className()));
  }

  private Finding finding(
      String fingerprint, List<SiteExecutors> groups, Growth growth, SiteGrowth growths) {
    SiteExecutors group = groups.get(0);
    Cohorts all = groups.stream().map(SiteExecutors::open).reduce(Cohorts.of(), Cohorts::plus);
    long open = all.total();
    long threads = groups.stream().mapToLong(SiteExecutors::threads).sum();
    long running = groups.stream().mapToLong(SiteExecutors::running).sum();
    long shutDown = groups.stream().mapToLong(SiteExecutors::shutDown).sum();
    String plural = group.noun() + "s";
    String headline = Words.count(open, group.noun()) + " (" + Words.count(threads, "thread") + ")";
    Typical typical = Typical.of(group.details());
    Cause cause = Cause.ofExecutors(group.noun(), group.createdAt(), typical, owners);
    List<String> evidence = new ArrayList<>();
    evidence.add(shutDown + " of " + (open + shutDown) + " shut down");
    evidence.add(Words.rises(growth));
    if (running > 0) {
      evidence.add(Words.count(running, "task") + " running in them");
    }
    evidence.add(Words.unused(growth));
    evidence.addAll(Words.alsoMadeAt(Culprits.otherLines(countsBySite(groups), owners)));
    List<@Nullable SiteProof> proofs = new ArrayList<>();
    groups.forEach(each -> proofs.add(each.proof()));
    Proven proven = new Proven(threads, proofs);
    evidence.addAll(proven.evidence());
    return new Finding(
        fingerprint,
        cause.kind(),
        proven.verdict(Verdict.CONFIRMED),
        growth.isFresh(settle),
        open,
        threads,
        growth.isFresh(settle) ? growth.perMinute() : 0,
        growth.growingFor(),
        growths.oldest(all),
        cause.suspects(),
        open + " " + plural + " made in " + Words.place(cause.suspects())
            + ", none of them shut down",
        headline,
        Culprits.waiting(typical.details()),
        evidence,
        cause.advice(),
        group.names(),
        Frames.text(group.createdAt()),
        Frames.text(Culprits.waitingStack(typical.details())),
        List.of());
  }

  private static Map<List<StackTraceElement>, Long> countsBySite(List<SiteExecutors> groups) {
    Map<List<StackTraceElement>, Long> counts = new LinkedHashMap<>();
    groups.forEach(group -> counts.merge(group.createdAt(), group.open().total(), Long::sum));
    return counts;
  }
}
