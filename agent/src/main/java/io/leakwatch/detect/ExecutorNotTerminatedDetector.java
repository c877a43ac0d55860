package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.HeldExecutors;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.SiteProof;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Executors that were shut down and do not terminate, because a task holds them: for {@value #PATIENCE} times {@code settle}
 * samples no task has ended in them. CONFIRMED when for all that time a worker has also been in the same wait without a
 * timeout; SUSPECTED when its task computes, is in I/O, moves or waits with a timeout: that may be a long one.
 *
 * <p>An executor that is still draining is no finding, however long that takes, since its tasks end. Neither is one that
 * was shut down as soon as it was made and whose first tasks run on: that is how an application says that a pool shall
 * live as long as its tasks. Such a site is one only when it makes more and more of them.
 */
public final class ExecutorNotTerminatedDetector implements LeakDetector {
  private static final int PATIENCE = 6;

  private final int settle;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param settle what the patience is counted in; see the option of that name
   * @param owners whose code is whose, for the choice of suspects
   */
  public ExecutorNotTerminatedDetector(int settle, CodeOwners owners) {
    this.settle = settle;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    int longAgo = history.newest().index() - PATIENCE * settle;
    Map<String, List<SiteExecutors>> bySite = history.newest().executors().stream()
        .filter(site -> isHeld(site.held(), longAgo))
        .collect(Collectors.groupingBy(
            ExecutorNotTerminatedDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    bySite.forEach(
        (fingerprint, sites) -> findings.add(finding(fingerprint, sites, history, longAgo)));
    return findings;
  }

  private boolean isHeld(HeldExecutors held, int longAgo) {
    return held.used().atWork().aliveBornBy(longAgo) > 0 || makesMore(held, longAgo);
  }

  /** Whether executors that were handed over have come to a standstill again and again. */
  private boolean makesMore(HeldExecutors held, int longAgo) {
    return held.handedOver().motionless().generationsBornBy(longAgo) >= settle;
  }

  static String fingerprint(SiteExecutors site) {
    return Fingerprint.of(
        FindingKind.EXECUTOR_NOT_TERMINATED,
        Culprits.fingerprintFrames(site.createdAt(), site.held().details(), site.className()),
        List.of());
  }

  private Finding finding(
      String fingerprint, List<SiteExecutors> sites, SampleHistory history, int longAgo) {
    FindingKind kind = FindingKind.EXECUTOR_NOT_TERMINATED;
    SiteExecutors site = sites.get(0);
    Cohorts atWork = Cohorts.of();
    Cohorts motionless = Cohorts.of();
    long threads = 0;
    List<String> names = new ArrayList<>();
    List<@Nullable SiteProof> proofs = new ArrayList<>();
    for (SiteExecutors each : sites) {
      HeldExecutors held = each.held();
      atWork = atWork.plus(held.used().atWork());
      motionless = motionless.plus(held.used().motionless());
      if (makesMore(held, longAgo)) {
        atWork = atWork.plus(held.handedOver().atWork());
        motionless = motionless.plus(held.handedOver().motionless());
      }
      threads += held.threads();
      names.addAll(held.names());
      proofs.add(each.proof());
    }
    boolean confirmed = motionless.aliveBornBy(longAgo) > 0;
    Proven proven = new Proven(threads, proofs);
    long count = atWork.total();
    List<ThreadDetail> details = site.held().details();
    Duration oldest = Ages.oldest(atWork, history);
    List<String> evidence = new ArrayList<>(List.of(
        "no task has ended in " + (count == 1 ? "it" : "the oldest") + " for "
            + Words.seconds(oldest),
        confirmed
            ? "a worker has been in the same wait, without a timeout, for "
                + Words.seconds(Ages.oldest(motionless, history))
            : "but its worker computes, is in I/O, moves, or waits with a timeout"));
    evidence.addAll(proven.evidence());
    return new Finding(
        fingerprint,
        kind,
        proven.verdict(confirmed ? Verdict.CONFIRMED : Verdict.SUSPECTED),
        true,
        count,
        threads,
        0,
        Duration.ZERO,
        oldest,
        Culprits.suspectsOfWait(site.createdAt(), details, owners),
        Words.count(count, site.noun()) + " made in " + madeIn(site)
            + (count == 1 ? " was" : " were") + " shut down and cannot terminate",
        Words.count(count, site.noun()) + " shut down, " + Words.count(threads, "worker")
            + " still at work",
        Culprits.waiting(details),
        evidence,
        kind.advice(),
        names,
        Frames.text(site.createdAt()),
        Frames.text(Culprits.waitingStack(details)),
        List.of());
  }

  private String madeIn(SiteExecutors site) {
    return Words.place(Culprits.suspects(site.createdAt(), List.of(), owners));
  }
}
