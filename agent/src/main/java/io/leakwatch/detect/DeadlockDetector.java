package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.HeldLock.Wait;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Threads that each hold a lock and wait for the next one's, in a circle. PROVEN when two samples in a row saw the same
 * waits: a thread that has been in one wait all the time has released nothing. CONFIRMED only where a lock of the
 * application's own making is in the circle, which others than its holder may be able to release, or where two or more are
 * virtual threads that wait for monitors.
 *
 * <p>Waits with a timeout make no deadlock: the clock ends it.
 */
public final class DeadlockDetector implements LeakDetector {
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param owners whose code is whose, for the choice of suspects
   */
  public DeadlockDetector(CodeOwners owners) {
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Sample> samples = history.samples();
    if (samples.size() < 2 || history.newest().heldLocks().isEmpty()) {
      return List.of();
    }
    LockGraph before = new LockGraph(samples.get(samples.size() - 2));
    Map<String, List<List<HeldLock>>> byPlace = new LockGraph(history.newest())
        .cycles().stream()
            .filter(cycle -> isLookedAt(cycle) && stood(cycle, before))
            .collect(Collectors.groupingBy(
                DeadlockDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byPlace.forEach((fingerprint, cycles) -> findings.add(finding(fingerprint, cycles, history)));
    return findings;
  }

  private static boolean isLookedAt(List<HeldLock> cycle) {
    return cycle.stream().noneMatch(lock -> stack(lock).isEmpty());
  }

  /** Whether each holder was in the very same wait, with the same lock held, in an earlier sample. */
  private static boolean stood(List<HeldLock> cycle, LockGraph earlier) {
    return cycle.stream().allMatch(lock -> {
      HeldLock then = earlier.get(lock.number());
      Wait wait = lock.holder().waitsFor();
      return then != null
          && wait != null
          && wait.number() != 0
          && !wait.timed()
          && then.holder().id() == lock.holder().id()
          && wait.equals(then.holder().waitsFor());
    });
  }

  /**
   * Whether there was a moment at which all of them waited for each other; that holds for ever.
   *
   * <p>A counted wait that two samples found stood all the time between them, and its thread held what it holds. A wait that
   * is not counted may have ended and begun anew between two looks. But each look at such a thread shows at one moment what it
   * holds and what it waits for. With one such wait in the circle, a look at it in between two others, at which all the
   * counted waits were the same, is that moment: so three samples prove it. With two such waits, none is known to have stood
   * while the other was looked at.
   */
  private static boolean isProven(List<HeldLock> cycle, SampleHistory history) {
    List<Sample> samples = history.samples();
    return cycle.stream().allMatch(HeldLock::byOwnerOnly)
        && (uncounted(cycle) == 0
            || (uncounted(cycle) == 1
                && samples.size() >= 3
                && stood(cycle, new LockGraph(samples.get(samples.size() - 2)))
                && stood(cycle, new LockGraph(samples.get(samples.size() - 3)))));
  }

  private static long uncounted(List<HeldLock> cycle) {
    return cycle.stream()
        .map(lock -> lock.holder().waitsFor())
        .filter(wait -> wait != null && !wait.counted())
        .count();
  }

  /** The same in whatever order the threads come; of one that many deadlocks share there is one finding. */
  private static String fingerprint(List<HeldLock> cycle) {
    List<String> waits = cycle.stream()
        .map(lock ->
            Fingerprint.of(FindingKind.DEADLOCK, List.of(), Culprits.waitFrames(stack(lock))))
        .sorted()
        .toList();
    return Fingerprint.of(FindingKind.DEADLOCK, List.of(), waits);
  }

  private Finding finding(String fingerprint, List<List<HeldLock>> cycles, SampleHistory history) {
    FindingKind kind = FindingKind.DEADLOCK;
    List<HeldLock> cycle = cycles.get(0);
    List<HeldLock> all = cycles.stream().flatMap(List::stream).toList();
    long threads = all.size();
    long behind = all.stream().mapToLong(each -> each.queue().waiters()).sum() - threads;
    String headline = (cycles.size() == 1 ? "" : cycles.size() + " deadlocks, ")
        + Words.count(threads, "thread")
        + " wait for each other's locks"
        + (behind > 0 ? ", " + behind + " more behind them" : "");
    Duration stands = standsFor(cycle, history);
    List<String> evidence = new ArrayList<>(waits(cycle));
    evidence.add("the same waits at each sample for " + stands.toSeconds() + "s");
    if (uncounted(cycle) > 0) {
      evidence.add(
          Words.count(uncounted(cycle), "wait")
              + " of a virtual thread at a monitor, which the JVM does not count: it was found there each time");
    }
    Set<String> suspects = new LinkedHashSet<>();
    cycle.forEach(lock -> suspects.addAll(suspect(lock)));
    return new Finding(
        fingerprint,
        kind,
        cycles.stream().allMatch(c -> isProven(c, history)) ? Verdict.PROVEN : Verdict.CONFIRMED,
        true,
        threads,
        threads + behind,
        0,
        Duration.ZERO,
        stands,
        List.copyOf(suspects),
        headline + " in " + Words.place(List.copyOf(suspects)),
        headline,
        WaitText.of(Objects.requireNonNull(cycle.get(0).holder().detail())),
        evidence,
        kind.advice(),
        all.stream().map(lock -> lock.holder().name()).toList(),
        List.of(),
        List.of(),
        stacks(cycle));
  }

  private static Duration standsFor(List<HeldLock> cycle, SampleHistory history) {
    List<Sample> samples = history.samples();
    int first = samples.size() - 1;
    while (first > 0 && stood(cycle, new LockGraph(samples.get(first - 1)))) {
      first--;
    }
    return history.newest().elapsed().minus(samples.get(first).elapsed());
  }

  /** Such as {@code a holds ReentrantLock@1 and waits for ReentrantLock@2}, one for each thread. */
  private static List<String> waits(List<HeldLock> cycle) {
    List<String> waits = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      HeldLock held = cycle.get(i);
      HeldLock awaited = cycle.get((i + 1) % cycle.size());
      waits.add(
          held.holder().name() + " holds " + held.name() + " and waits for " + awaited.name());
    }
    return waits;
  }

  private static List<StackGroup> stacks(List<HeldLock> cycle) {
    List<StackGroup> stacks = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      HeldLock held = cycle.get(i);
      HeldLock awaited = cycle.get((i + 1) % cycle.size());
      String title = "thread " + held.holder().name() + " waits for " + awaited.name() + " held by "
          + awaited.holder().name();
      stacks.add(new StackGroup(1, title, List.of(), Frames.text(stack(held))));
    }
    return stacks;
  }

  private List<String> suspect(HeldLock lock) {
    ThreadDetail detail = lock.holder().detail();
    return detail == null
        ? List.of()
        : Culprits.suspects(List.of(), List.of(detail), owners).stream()
            .limit(1)
            .toList();
  }

  private static List<StackTraceElement> stack(HeldLock lock) {
    ThreadDetail detail = lock.holder().detail();
    return detail == null ? List.of() : detail.stack();
  }
}
