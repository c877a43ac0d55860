package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.HeldCarrier;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that wait for a carrier for longer than {@code held-carrier} while the same threads hold all of them: at
 * each sample some waited, and by its own count the scheduler has handed out none. CONFIRMED when all that hold the
 * carriers wait themselves; SUSPECTED when one is at work, which may come to an end. Nothing is said while one that is at
 * work gets little of a CPU: then it is the machine that has no time.
 */
public final class StarvedSchedulerDetector implements LeakDetector {
  private final @Nullable Duration threshold;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param threshold from when on carriers are held for too long; {@code null} for never
   * @param owners whose code is whose, for the choice of suspects
   */
  public StarvedSchedulerDetector(@Nullable Duration threshold, CodeOwners owners) {
    this.threshold = threshold;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    Scheduler scheduler = history.newest().scheduler();
    return threshold != null && isStarved(scheduler, threshold)
        ? List.of(finding(scheduler))
        : List.of();
  }

  /** Whether all carriers have been held for that long, while others waited. */
  static boolean isStarved(Scheduler scheduler, Duration threshold) {
    return scheduler.starvedFor().compareTo(threshold) >= 0
        && scheduler.held().stream().noneMatch(HeldCarrierDetector::isStarvedItself)
        && scheduler.held().stream().anyMatch(h -> !h.detail().stack().isEmpty());
  }

  private Finding finding(Scheduler scheduler) {
    FindingKind kind = FindingKind.SCHEDULER_STARVED;
    List<HeldCarrier> held = scheduler.held();
    Map<List<String>, List<HeldCarrier>> byPlace = held.stream()
        .collect(Collectors.groupingBy(
            h -> Culprits.waitFrames(HeldCarrierDetector.steadyStack(h)),
            LinkedHashMap::new,
            Collectors.toList()));
    List<String> suspects = byPlace.values().stream()
        .flatMap(
            same -> HeldCarrierDetector.suspects(same.get(0), owners).stream().limit(1))
        .distinct()
        .toList();
    boolean idle = held.stream().allMatch(HeldCarrierDetector::isIdle);
    String headline = Words.count(scheduler.waiting(), "virtual thread")
        + (scheduler.waiting() == 1 ? " waits" : " wait") + " for a carrier, "
        + (scheduler.carriers() == 1
            ? "the only one is held"
            : "all " + scheduler.carriers() + " are held");
    List<String> evidence = new ArrayList<>();
    evidence.add("no carrier has taken a task for " + Words.seconds(scheduler.starvedFor())
        + ", by the scheduler's own count, and some waited at each sample");
    held.stream().limit(2).forEach(h -> evidence.addAll(HeldCarrierDetector.evidence(h)));
    return new Finding(
        Fingerprint.of(
            kind,
            List.of(),
            byPlace.keySet().stream().flatMap(List::stream).distinct().sorted().toList()),
        kind,
        idle ? Verdict.CONFIRMED : Verdict.SUSPECTED,
        true,
        scheduler.waiting(),
        scheduler.waiting() + held.size(),
        0,
        Duration.ZERO,
        scheduler.starvedFor(),
        suspects,
        headline + " in " + Words.place(suspects),
        headline,
        Culprits.waiting(List.of(held.get(0).detail())),
        evidence,
        kind.advice(),
        held.stream().map(HeldCarrier::name).toList(),
        List.of(),
        List.of(),
        stacks(byPlace));
  }

  private static List<StackGroup> stacks(Map<List<String>, List<HeldCarrier>> byPlace) {
    return byPlace.values().stream()
        .map(same -> new StackGroup(
            same.size(),
            Words.count(same.size(), "carrier") + " held by " + same.get(0).name(),
            List.of(),
            Frames.text(same.get(0).detail().stack())))
        .toList();
  }
}
