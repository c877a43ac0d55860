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
import io.leakwatch.sample.SiteThreads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Threads started at one site that grow in number and do not end: CONFIRMED when the low-water mark of the survivors
 * keeps rising. What they are called, and whom they blame, depends on what they wait for, see {@link Cause}; their
 * fingerprint does not, so that a wait that changes makes no other finding.
 *
 * <p>Not for threads of executors that leak themselves (that is the cause, and said by its own detector), of pools with a
 * maximum size, or idle ones of cached pools (they end by themselves). Not for threads that serve connections while these
 * are in use.
 */
public final class ThreadGrowthDetector implements LeakDetector {
  private final int settle;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param settle how often the growth must be seen; see the option of that name
   * @param owners whose code is whose, for the choice of suspects
   */
  public ThreadGrowthDetector(int settle, CodeOwners owners) {
    this.settle = settle;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    SiteGrowth growths = new SiteGrowth(history, settle);
    Set<Long> leakingExecutors = new HashSet<>();
    for (List<SiteExecutors> executors : ExecutorNeverShutDownDetector.bySite(
            history.newest().executors(), growths)
        .values()) {
      if (growths.leakOfExecutors(executors) != null) {
        executors.forEach(e -> leakingExecutors.add(e.origin()));
      }
    }
    // Groups with the same application frames leak for the same cause, over different paths. The
    // largest comes first.
    Map<String, List<SiteThreads>> bySite = history.newest().threads().stream()
        .filter(g -> growths.isYoung(g.cohorts())
            && isOnItsOwn(g, leakingExecutors)
            && !growths.isServed(g.origin()))
        .collect(Collectors.groupingBy(
            ThreadGrowthDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    bySite.forEach((fingerprint, groups) -> {
      Growth growth = growths.leakOfThreads(groups);
      if (growth != null) {
        findings.add(finding(fingerprint, groups, growth, growths));
      }
    });
    return findings;
  }

  static String fingerprint(SiteThreads group) {
    return Fingerprint.of(
        FindingKind.THREAD_GROWTH,
        Culprits.fingerprintFrames(group.createdAt(), group.details(), group.taskClass()),
        Culprits.kindOfThing(group.taskClass()));
  }

  private static boolean isOnItsOwn(SiteThreads group, Set<Long> leakingExecutors) {
    SiteThreads.Owner owner = group.executor();
    return owner == null
        || (owner.unbounded() && !owner.idle() && !leakingExecutors.contains(owner.origin()));
  }

  private Finding finding(
      String fingerprint, List<SiteThreads> groups, Growth growth, SiteGrowth growths) {
    SiteThreads group = groups.get(0);
    Cohorts all = groups.stream().map(SiteThreads::cohorts).reduce(Cohorts.of(), Cohorts::plus);
    Typical typical = Typical.of(group.details());
    Cause cause = Cause.ofThreads(group.createdAt(), typical, owners);
    String started = Words.place(Culprits.suspects(group.createdAt(), typical.details(), owners));
    String waits = Words.place(cause.suspects());
    long count = growth.survivors();
    String noun = group.virtual() ? "virtual thread" : "thread";
    List<String> evidence = new ArrayList<>();
    evidence.add(Words.rises(growth));
    evidence.add(Words.ends(growth));
    if (all.total() > count) {
      evidence.add((all.total() - count) + " younger ones not counted");
    }
    SiteThreads.Owner owner = group.executor();
    if (owner != null) {
      evidence.add("they work for an unbounded " + owner.noun());
    }
    evidence.addAll(Words.alsoMadeAt(Culprits.otherLines(countsBySite(groups), owners)));
    if (typical.details().size() > 1) {
      evidence.add(typical.seen());
    }
    List<@Nullable SiteProof> proofs = new ArrayList<>();
    groups.forEach(each -> proofs.add(each.proof()));
    Proven proven = new Proven(all.total(), proofs);
    evidence.addAll(proven.evidence());
    return new Finding(
        fingerprint,
        cause.kind(),
        proven.verdict(Verdict.CONFIRMED),
        growth.isFresh(settle),
        count,
        count,
        growth.isFresh(settle) ? growth.perMinute() : 0,
        growth.growingFor(),
        growths.oldest(all),
        cause.suspects(),
        Words.count(count, noun) + " started in " + started
            + (waits.equals(started) ? "" : " wait in " + waits + " and") + " have not ended",
        Words.count(count, noun) + " of " + group.taskClass(),
        Culprits.waiting(typical.details()),
        evidence,
        cause.advice(),
        group.names(),
        Frames.text(group.createdAt()),
        Frames.text(Culprits.waitingStack(typical.details())),
        List.of());
  }

  private static Map<List<StackTraceElement>, Long> countsBySite(List<SiteThreads> groups) {
    Map<List<StackTraceElement>, Long> counts = new LinkedHashMap<>();
    groups.forEach(group -> counts.merge(group.createdAt(), group.count(), Long::sum));
    return counts;
  }
}
