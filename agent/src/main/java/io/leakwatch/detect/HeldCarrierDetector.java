package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.HeldCarrier;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Scheduler;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that keep their carriers for longer than {@code held-carrier}, by where they have been all the while:
 * those that wait and those that run. SUSPECTED: it may come to an end, and other carriers may be free.
 *
 * <p>When all carriers are held and others wait, that is said instead; see {@link StarvedSchedulerDetector}.
 */
public final class HeldCarrierDetector implements LeakDetector {
  /**
   * As many samples must find the same thread where it is not certain that it has never left. Of two threads that hand a
   * carrier to each other each is found half of the time, so one may be found 20 times in a row once in a million samples;
   * 8 times happens within minutes.
   */
  private static final int MANY_LOOKS = 20;

  /** Who uses less than this fraction of a core does nothing. */
  private static final int IDLE_SHARE = 1000;

  /** Who is at work and gets less than this fraction of a core is kept from it by others. */
  private static final int STARVED_SHARE = 4;

  private record Place(FindingKind kind, String fingerprint) {}

  private final @Nullable Duration threshold;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param threshold from when on a carrier is held for too long; {@code null} for never
   * @param owners whose code is whose, for the choice of suspects
   */
  public HeldCarrierDetector(@Nullable Duration threshold, CodeOwners owners) {
    this.threshold = threshold;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    if (threshold == null) {
      return List.of();
    }
    Scheduler scheduler = history.newest().scheduler();
    boolean starved = StarvedSchedulerDetector.isStarved(scheduler, threshold);
    Map<Place, List<HeldCarrier>> byPlace = scheduler.held().stream()
        .filter(carrier -> isHeld(carrier, threshold))
        .collect(Collectors.groupingBy(
            HeldCarrierDetector::place, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byPlace.forEach((place, held) -> {
      Finding finding = finding(place, held, scheduler);
      findings.add(starved ? finding.notOpening() : finding);
    });
    return findings;
  }

  private static boolean isHeld(HeldCarrier carrier, Duration threshold) {
    return !carrier.detail().stack().isEmpty()
        && (carrier.unbrokenFor().compareTo(threshold) >= 0
            || (carrier.seenFor().compareTo(threshold) >= 0 && carrier.looks() >= MANY_LOOKS));
  }

  private static Place place(HeldCarrier carrier) {
    FindingKind kind =
        carrier.waits() ? FindingKind.CARRIER_PINNED : FindingKind.CARRIER_MONOPOLISED;
    List<String> frames = Culprits.waitFrames(steadyStack(carrier));
    return new Place(kind, Fingerprint.of(kind, List.of(), frames));
  }

  /** Where it has been at all looks; where it is now, if that is in the JDK only. */
  static List<StackTraceElement> steadyStack(HeldCarrier carrier) {
    return Frames.applicationFrames(carrier.steady(), 1).isEmpty()
        ? carrier.detail().stack()
        : carrier.steady();
  }

  static List<String> suspects(HeldCarrier carrier, CodeOwners owners) {
    ThreadDetail now = carrier.detail();
    ThreadDetail steady =
        new ThreadDetail(now.name(), now.daemon(), now.state(), steadyStack(carrier));
    return Culprits.suspects(List.of(), List.of(steady), owners);
  }

  private Finding finding(Place place, List<HeldCarrier> held, Scheduler scheduler) {
    FindingKind kind = place.kind();
    HeldCarrier longest = held.get(0);
    List<String> suspects = suspects(longest, owners);
    Duration heldFor = heldFor(longest);
    String headline = Words.count(held.size(), "virtual thread")
        + (kind == FindingKind.CARRIER_PINNED
            ? (held.size() == 1 ? " waits and keeps its" : " wait and keep their")
            : (held.size() == 1 ? " runs on and keeps its" : " run on and keep their"))
        + (held.size() == 1 ? " carrier" : " carriers");
    List<String> evidence = new ArrayList<>(evidence(longest));
    evidence.add(held.size() + " of " + Words.count(scheduler.carriers(), "carrier") + ", "
        + scheduler.waiting() + " waiting for one");
    return new Finding(
        place.fingerprint(),
        kind,
        Verdict.SUSPECTED,
        true,
        held.size(),
        held.size(),
        0,
        Duration.ZERO,
        heldFor,
        suspects,
        headline + " for " + Words.seconds(heldFor) + " or more in " + Words.place(suspects),
        headline,
        Culprits.waiting(List.of(longest.detail())),
        evidence,
        kind.advice(),
        held.stream().map(HeldCarrier::name).toList(),
        List.of(),
        Frames.text(longest.detail().stack()),
        List.of());
  }

  /** What was seen of one, so that a reader can check it. */
  static List<String> evidence(HeldCarrier carrier) {
    List<String> evidence = new ArrayList<>();
    evidence.add(carrier.name() + " on " + carrier.carrier() + " at each of "
        + carrier.looks() + " samples in " + Words.seconds(carrier.seenFor())
        + ", which took no other task meanwhile");
    HeldCarrier.Cpu cpu = carrier.cpu();
    if (cpu != null) {
      evidence.add(
          "used " + Words.seconds(cpu.used()) + " of CPU time in " + Words.seconds(cpu.within())
              + (isIdle(cpu) && !carrier.waits()
                  ? ", so it waits in a native call, for I/O, or for a class that another thread initializes"
                  : ""));
    }
    return evidence;
  }

  /** Whether it will not come to an end by working: it waits, or is blocked where the JVM does not see it. */
  static boolean isIdle(HeldCarrier carrier) {
    HeldCarrier.Cpu cpu = carrier.cpu();
    return carrier.waits() || (cpu != null && isIdle(cpu));
  }

  /** Whether it is at work and the machine has hardly any time for it. */
  static boolean isStarvedItself(HeldCarrier carrier) {
    HeldCarrier.Cpu cpu = carrier.cpu();
    return cpu != null
        && !isIdle(carrier)
        && cpu.used().multipliedBy(STARVED_SHARE).compareTo(cpu.within()) < 0;
  }

  /** What is blocked uses none; what works on a machine that has no time for it still gets some. */
  private static boolean isIdle(HeldCarrier.Cpu cpu) {
    return cpu.used().multipliedBy(IDLE_SHARE).compareTo(cpu.within()) < 0;
  }

  private Duration heldFor(HeldCarrier carrier) {
    return threshold != null && carrier.unbrokenFor().compareTo(threshold) >= 0
        ? carrier.unbrokenFor()
        : carrier.seenFor();
  }
}
