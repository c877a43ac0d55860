package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.StackGroup;
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
 * Locks and monitors that one thread keeps while many wait: over {@code settle} samples the same holder, and none of those
 * who wait has got it. A lock that is only fought over is handed on all the time. SUSPECTED: the holder is at work and may
 * yet come to an end.
 *
 * <p>Nothing counts the waits of virtual threads for monitors: they are found waiting, and may have had it between two
 * samples. There it takes twice as many samples, six at least: with eight others, one that is fought over has the same
 * holder at six samples in a row once in 59,049 times.
 */
public final class LockHeldLongDetector implements LeakDetector {
  private static final int MANY = 8;
  private static final int UNCOUNTED_SAMPLES = 6;

  private final int settle;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param settle over how many samples it must be so; see the option of that name
   * @param owners whose code is whose, for the choice of suspects
   */
  public LockHeldLongDetector(int settle, CodeOwners owners) {
    this.settle = settle;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Sample> samples = history.samples();
    LockGraph now = new LockGraph(history.newest());
    // The sample before first.
    List<LockGraph> before = new ArrayList<>();
    for (int i = samples.size() - 2; i >= 0 && before.size() < needed(false) - 1; i--) {
      before.add(new LockGraph(samples.get(i)));
    }
    Map<String, List<HeldLock>> byPlace = history.newest().heldLocks().stream()
        .filter(lock -> isCrowded(lock)
            && now.hasWorkingHolder(lock)
            && !Culprits.waitingStack(lock.waiterDetails()).isEmpty()
            && wasKept(lock, before))
        .collect(Collectors.groupingBy(
            LockHeldLongDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byPlace.forEach((fingerprint, locks) -> findings.add(finding(fingerprint, locks, history)));
    return findings;
  }

  /** One sample alone never shows that a lock is kept. */
  private int needed(boolean counted) {
    return counted ? Math.max(2, settle) : Math.max(UNCOUNTED_SAMPLES, 2 * settle);
  }

  private static boolean isCrowded(HeldLock lock) {
    return lock.queue().waiters() >= MANY && lock.queue().turn() != 0;
  }

  private boolean wasKept(HeldLock lock, List<LockGraph> before) {
    int needed = needed(lock.queue().counted()) - 1;
    return before.size() >= needed
        && before.stream().limit(needed).allMatch(earlier -> wasKept(lock, earlier));
  }

  private static boolean wasKept(HeldLock lock, LockGraph earlier) {
    HeldLock then = earlier.get(lock.number());
    return then != null
        && isCrowded(then)
        && then.queue().turn() == lock.queue().turn()
        && then.holder().id() == lock.holder().id();
  }

  /** By where they wait: what the holder is at changes. */
  private static String fingerprint(HeldLock lock) {
    return Fingerprint.of(
        FindingKind.LOCK_HELD_LONG,
        List.of(),
        Culprits.waitFrames(Culprits.waitingStack(lock.waiterDetails())));
  }

  private Finding finding(String fingerprint, List<HeldLock> locks, SampleHistory history) {
    FindingKind kind = FindingKind.LOCK_HELD_LONG;
    HeldLock lock = locks.get(0);
    List<ThreadDetail> waiters = lock.waiterDetails();
    long threads = locks.stream().mapToLong(l -> l.queue().waiters()).sum();
    String holder = lock.holder().name();
    String headline = (locks.stream().allMatch(l -> l.queue().allFound()) ? "" : "at least ")
        + Words.count(threads, "thread") + " waiting for "
        + (locks.size() == 1
            ? lock.name() + ", held by " + holder
            : locks.size() + " locks that are not passed on");
    Duration keptFor = keptFor(lock, history);
    List<String> suspects = new ArrayList<>();
    ThreadDetail detail = lock.holder().detail();
    List<StackGroup> stacks = new ArrayList<>();
    if (detail != null) {
      suspects.addAll(Culprits.suspects(List.of(), List.of(detail), owners));
      stacks.add(new StackGroup(
          1, "thread " + holder + " holds " + lock.name(), List.of(), Frames.text(detail.stack())));
    }
    Culprits.suspects(List.of(), waiters, owners).stream()
        .filter(frame -> !suspects.contains(frame))
        .forEach(suspects::add);
    stacks.add(new StackGroup(
        lock.queue().waiters(),
        Words.count(lock.queue().waiters(), "thread") + " waiting for " + lock.name() + " held by "
            + holder,
        List.of(),
        Frames.text(Culprits.waitingStack(waiters))));
    return new Finding(
        fingerprint,
        kind,
        Verdict.SUSPECTED,
        true,
        threads,
        threads,
        0,
        Duration.ZERO,
        keptFor,
        suspects,
        headline + ", which is in " + Words.place(suspects),
        headline,
        Culprits.waiting(waiters),
        List.of(
            "held by " + holder + " at each sample for " + keptFor.toSeconds() + "s",
            lock.queue().counted()
                ? "none of those who wait has got it in that time"
                : "the same threads waiting at each"),
        kind.advice(),
        lock.waiterNames(),
        List.of(),
        List.of(),
        stacks);
  }

  private static Duration keptFor(HeldLock lock, SampleHistory history) {
    List<Sample> samples = history.samples();
    int first = samples.size() - 1;
    while (first > 0 && wasKept(lock, new LockGraph(samples.get(first - 1)))) {
      first--;
    }
    return history.newest().elapsed().minus(samples.get(first).elapsed());
  }
}
