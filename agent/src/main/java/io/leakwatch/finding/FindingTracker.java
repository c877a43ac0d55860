package io.leakwatch.finding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gives findings a life: says one only after it has settled, keeps it open while it is detected, and says so when it
 * has ended.
 *
 * <p>A finding is known by its fingerprint. It is reported once it was detected with {@link Finding#opens()} in {@code
 * settle} updates in a row, stays open while it is detected at all, and ends after {@code settle} updates in a row
 * without it. Thread-safe: the sampling thread updates, the one that ends the JVM asks.
 */
public final class FindingTracker {
  /** At most this many findings are tracked, those that have not settled included. */
  public static final int MAX_TRACKED = 1_000;

  /** Open before ended, then the strongest, then the largest; the fingerprint makes the order stable. */
  private static final Comparator<TrackedFinding> REPORT_ORDER = Comparator.comparing(
          (TrackedFinding tracked) -> !tracked.state().isOpen())
      .thenComparing(TrackedFinding::verdict, Comparator.reverseOrder())
      .thenComparing(tracked -> tracked.finding().threads(), Comparator.reverseOrder())
      .thenComparing(tracked -> tracked.finding().count(), Comparator.reverseOrder())
      .thenComparing(tracked -> tracked.finding().fingerprint());

  /** The strongest first, then the oldest. */
  private static final Comparator<Life> WORTH_KEEPING = Comparator.comparing(
          (Life life) -> life.finding.verdict(), Comparator.reverseOrder())
      .thenComparing(life -> life.firstUpdate)
      .thenComparing(life -> life.finding.fingerprint());

  private final int settle;
  private final Predicate<String> known;
  private final Map<String, Life> lives = new LinkedHashMap<>();
  /** Known ones that were detected at all since the start; no more than the file of known ones has. */
  private final Set<String> knownSeen = new HashSet<>();

  private long updates;
  private long retractedTotal;
  private long refusedTotal;

  /**
   * A tracker that tracks nothing yet.
   *
   * @param settle updates in a row that open, and that end, a finding; at least 1
   * @param known whether a fingerprint is a known one, which is reported as such and fails no build; asked at every
   *     update
   */
  public FindingTracker(int settle, Predicate<String> known) {
    if (settle < 1) {
      throw new IllegalArgumentException("settle must be at least 1, not " + settle);
    }
    this.settle = settle;
    this.known = known;
  }

  /**
   * Takes what was detected at one sample. Of two findings with the same fingerprint the stronger counts.
   *
   * @param detected everything the detectors said at this sample
   * @param sampleTime when the sample was taken
   * @return all reported findings: the open ones, the strongest and largest first, then those that have just ended and
   *     are now forgotten
   */
  public synchronized List<TrackedFinding> update(List<Finding> detected, Instant sampleTime) {
    updates++;
    Map<String, Finding> byFingerprint = new LinkedHashMap<>();
    for (Finding finding : detected) {
      byFingerprint.merge(finding.fingerprint(), finding, FindingTracker::stronger);
      if (known.test(finding.fingerprint())) {
        knownSeen.add(finding.fingerprint());
      }
    }
    List<TrackedFinding> told = new ArrayList<>();
    for (Iterator<Life> all = lives.values().iterator(); all.hasNext(); ) {
      Life life = all.next();
      Finding finding = byFingerprint.remove(life.finding.fingerprint());
      if (finding == null) {
        life.missed();
      } else {
        life.detected(finding);
      }
      if (life.isOver(settle)) {
        all.remove();
        if (life.reported) {
          told.add(ended(life));
        }
      }
    }
    for (Finding finding : byFingerprint.values()) {
      if (finding.opens()) {
        lives.put(finding.fingerprint(), new Life(finding, updates, sampleTime));
      }
    }
    refuseTheWeakest();
    for (Life life : lives.values()) {
      if (life.reported || life.opened >= settle) {
        told.add(open(life, life.reported ? FindingState.ONGOING : FindingState.NEW));
        life.reported = true;
      }
    }
    told.sort(REPORT_ORDER);
    return List.copyOf(told);
  }

  /** The reported findings that were open at the last update, the strongest and largest first; nothing changes by asking. */
  public synchronized List<TrackedFinding> open() {
    return lives.values().stream()
        .filter(life -> life.reported)
        .map(life -> open(life, FindingState.ONGOING))
        .sorted(REPORT_ORDER)
        .toList();
  }

  /**
   * Whether a reported finding is open, not a known one, and of a verdict that matters.
   *
   * @param matters such as {@code verdict -> verdict.atLeast(Verdict.CONFIRMED)}
   */
  public synchronized boolean hasOpenUnknown(Predicate<Verdict> matters) {
    return lives.values().stream()
        .anyMatch(life -> life.reported
            && matters.test(life.finding.verdict())
            && !known.test(life.finding.fingerprint()));
  }

  /** The known fingerprints that were detected since the start, settled or not. */
  public synchronized Set<String> knownSeen() {
    return Set.copyOf(knownSeen);
  }

  /** Findings that ended as {@link FindingState#RETRACTED} since the start. */
  public synchronized long retractedTotal() {
    return retractedTotal;
  }

  /** How often a finding was refused because {@link #MAX_TRACKED} stronger or older ones were tracked. */
  public synchronized long refusedTotal() {
    return refusedTotal;
  }

  private static Finding stronger(Finding one, Finding other) {
    return other.verdict().compareTo(one.verdict()) > 0 ? other : one;
  }

  private void refuseTheWeakest() {
    if (lives.size() > MAX_TRACKED) {
      List<Life> refused =
          lives.values().stream().sorted(WORTH_KEEPING).skip(MAX_TRACKED).toList();
      refused.forEach(life -> lives.remove(life.finding.fingerprint()));
      refusedTotal += refused.size();
    }
  }

  private TrackedFinding open(Life life, FindingState state) {
    return tracked(life, life.finding.verdict(), state);
  }

  private TrackedFinding ended(Life life) {
    FindingState state = life.finding.kind().endsAs();
    if (state == FindingState.RETRACTED) {
      retractedTotal++;
      return tracked(life, Verdict.RETRACTED, state);
    }
    return tracked(life, life.finding.verdict(), state);
  }

  private TrackedFinding tracked(Life life, Verdict verdict, FindingState state) {
    boolean isKnown = known.test(life.finding.fingerprint());
    return new TrackedFinding(life.finding, verdict, state, life.firstSeen, isKnown);
  }

  /** One finding from its first detection on. */
  private static final class Life {
    /** Tells the older from the younger, which the time does not: the wall's clock may jump. */
    final long firstUpdate;

    final Instant firstSeen;
    /** The latest of those with the strongest verdict: the verdict comes with its own evidence. */
    Finding strongest;
    /** The same with the latest figures. */
    Finding finding;

    boolean reported;
    int opened = 1;
    int missed;

    Life(Finding finding, long firstUpdate, Instant firstSeen) {
      this.strongest = finding;
      this.finding = finding;
      this.firstUpdate = firstUpdate;
      this.firstSeen = firstSeen;
    }

    void detected(Finding latest) {
      missed = 0;
      opened = latest.opens() ? opened + 1 : 0;
      if (latest.verdict().atLeast(strongest.verdict())) {
        strongest = latest;
        finding = latest;
      } else {
        finding = strongest.withFiguresOf(latest);
      }
    }

    void missed() {
      opened = 0;
      missed++;
    }

    /** One that has not settled yet must open in every update; a reported one may stay away for a while. */
    boolean isOver(int settle) {
      return reported ? missed >= settle : opened == 0;
    }
  }
}
