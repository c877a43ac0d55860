package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Locks whose holder has ended without releasing them, while others wait. PROVEN: only the holder could. CONFIRMED where
 * the lock is of the application's own making, which others may be able to release.
 */
public final class LockNeverReleasedDetector implements LeakDetector {
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param owners whose code is whose, for the choice of suspects
   */
  public LockNeverReleasedDetector(CodeOwners owners) {
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Sample> samples = history.samples();
    if (samples.size() < 2) {
      return List.of();
    }
    LockGraph before = new LockGraph(samples.get(samples.size() - 2));
    Map<String, List<HeldLock>> byPlace = history.newest().heldLocks().stream()
        .filter(lock -> lock.holder().ended()
            && !Culprits.waitingStack(lock.waiterDetails()).isEmpty()
            && wasLost(lock, before))
        .collect(Collectors.groupingBy(
            LockNeverReleasedDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byPlace.forEach((fingerprint, locks) -> findings.add(finding(fingerprint, locks, history)));
    return findings;
  }

  private static boolean wasLost(HeldLock lock, LockGraph earlier) {
    HeldLock then = earlier.get(lock.number());
    return then != null
        && then.holder().ended()
        && then.holder().id() == lock.holder().id();
  }

  private static String fingerprint(HeldLock lock) {
    return Fingerprint.of(
        FindingKind.LOCK_NEVER_RELEASED,
        List.of(),
        Culprits.waitFrames(Culprits.waitingStack(lock.waiterDetails())));
  }

  private Finding finding(String fingerprint, List<HeldLock> locks, SampleHistory history) {
    FindingKind kind = FindingKind.LOCK_NEVER_RELEASED;
    HeldLock lock = locks.get(0);
    List<ThreadDetail> details = lock.waiterDetails();
    long threads = locks.stream().mapToLong(each -> each.queue().waiters()).sum();
    String holder = lock.holder().name();
    String headline = locks.size() == 1
        ? Words.count(threads, "thread") + " waiting for " + lock.name() + ", which " + holder
            + " held when it ended"
        : Words.count(threads, "thread") + " waiting for " + locks.size()
            + " locks whose holders have ended";
    Duration lostFor = lostFor(lock, history);
    List<String> suspects = Culprits.suspects(List.of(), details, owners);
    return new Finding(
        fingerprint,
        kind,
        locks.stream().allMatch(HeldLock::byOwnerOnly) ? Verdict.PROVEN : Verdict.CONFIRMED,
        true,
        locks.size(),
        threads,
        0,
        Duration.ZERO,
        lostFor,
        suspects,
        headline + ", in " + Words.place(suspects),
        headline,
        Culprits.waiting(details),
        List.of(
            "thread " + holder + " has ended and still owns " + lock.name(),
            "so at each sample for " + lostFor.toSeconds() + "s"),
        kind.advice(),
        lock.waiterNames(),
        List.of(),
        Frames.text(Culprits.waitingStack(details)),
        List.of());
  }

  private static Duration lostFor(HeldLock lock, SampleHistory history) {
    List<Sample> samples = history.samples();
    int first = samples.size() - 1;
    while (first > 0 && wasLost(lock, new LockGraph(samples.get(first - 1)))) {
      first--;
    }
    return history.newest().elapsed().minus(samples.get(first).elapsed());
  }
}
