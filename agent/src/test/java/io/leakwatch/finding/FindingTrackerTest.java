package io.leakwatch.finding;

import static io.leakwatch.finding.FindingState.NEW;
import static io.leakwatch.finding.FindingState.ONGOING;
import static io.leakwatch.finding.FindingState.RESOLVED;
import static io.leakwatch.finding.Verdict.CONFIRMED;
import static io.leakwatch.finding.Verdict.PROVEN;
import static io.leakwatch.finding.Verdict.RETRACTED;
import static io.leakwatch.finding.Verdict.SUSPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingTrackerTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private final Set<String> known = new HashSet<>();
  private final FindingTracker tracker = new FindingTracker(3, known::contains);
  private int sample;

  @Test
  void saysAFindingOnceItHeldForAsManyUpdatesAsItTakesToSettle() {
    assertThat(update(threads("a").build())).isEmpty();
    assertThat(update(threads("a").build())).isEmpty();
    assertThat(states(update(threads("a").build()))).containsExactly("a NEW");
    assertThat(states(update(threads("a").build()))).containsExactly("a ONGOING");
  }

  @Test
  void saysAFindingAtOnceWhenItNeedNotSettle() {
    FindingTracker eager = new FindingTracker(1, known::contains);
    Finding finding = threads("a").build();
    assertThat(states(eager.update(List.of(finding), START))).containsExactly("a NEW");
    assertThat(states(eager.update(List.of(finding), START))).containsExactly("a ONGOING");
    assertThat(states(eager.update(List.of(), START))).containsExactly("a RETRACTED");
    assertThat(eager.update(List.of(), START)).isEmpty();
  }

  @Test
  void startsAfreshWhenAFindingIsMissingBeforeItHasSettled() {
    update(threads("a").build());
    update(threads("a").build());
    update();
    assertThat(update(threads("a").build())).isEmpty();
    assertThat(update(threads("a").build())).isEmpty();
    TrackedFinding told = update(threads("a").build()).get(0);
    assertThat(told.state()).isEqualTo(NEW);
    assertThat(told.firstSeen()).isEqualTo(START.plusSeconds(30));
  }

  @Test
  void startsAfreshWhenAFindingDoesNotOpenBeforeItHasSettled() {
    update(threads("a").build());
    update(threads("a").build());
    update(threads("a").opens(false).build());
    assertThat(update(threads("a").build())).isEmpty();
    assertThat(update(threads("a").build())).isEmpty();
    assertThat(states(update(threads("a").build()))).containsExactly("a NEW");
  }

  @Test
  void tellsTheOpenOnesToWhoeverAsksAndIsNotMovedByIt() {
    Finding gone = threads("gone").build();
    for (int i = 0; i < 2; i++) {
      update(threads("a").build(), gone);
      assertThat(tracker.open()).isEmpty();
    }
    update(threads("a").build(), gone);
    assertThat(states(tracker.open())).containsExactlyInAnyOrder("a ONGOING", "gone ONGOING");

    update(threads("a").build());
    for (int i = 0; i < 5; i++) {
      assertThat(states(tracker.open())).contains("gone ONGOING");
    }
    update(threads("a").build());
    update(threads("a").build());
    assertThat(states(tracker.open())).containsExactly("a ONGOING");
  }

  @Test
  void neverSaysAFindingThatDoesNotOpen() {
    for (int i = 0; i < 10; i++) {
      assertThat(update(threads("a").opens(false).build())).isEmpty();
    }
  }

  @Test
  void keepsAReportedFindingOpenWhileItIsDetectedAtAll() {
    settle(threads("a").build());
    for (int i = 0; i < 10; i++) {
      assertThat(states(update(threads("a").opens(false).build()))).containsExactly("a ONGOING");
    }
  }

  @Test
  void saysWhenItWasFirstSeenWhatWasLastDetectedAndTheStrongestVerdict() {
    update(threads("a").verdict(SUSPECTED).count(1).build());
    update(threads("a").verdict(CONFIRMED).count(2).build());
    TrackedFinding told =
        update(threads("a").verdict(SUSPECTED).count(3).build()).get(0);
    assertThat(told.firstSeen()).isEqualTo(START);
    assertThat(told.finding().count()).isEqualTo(3);
    assertThat(told.verdict()).isEqualTo(CONFIRMED);
    assertThat(update(threads("a").verdict(PROVEN).build()).get(0).verdict()).isEqualTo(PROVEN);
  }

  /** Who reads CONFIRMED must find what confirmed it, not what was suspected later. */
  @Test
  void aVerdictKeepsItsTextWhenOnlyAWeakerOneIsLeft() {
    Finding confirmed = threads("a")
        .verdict(CONFIRMED)
        .count(2)
        .suspects("com.acme.Blocker.hold(Blocker.java:9)")
        .evidence("the run has not ended")
        .build();
    Finding suspected = threads("a")
        .verdict(SUSPECTED)
        .count(3)
        .headline("3 runs behind")
        .suspects("com.acme.Other.run(Other.java:1)")
        .build();
    update(confirmed);
    update(confirmed);
    update(suspected);

    TrackedFinding told = update(suspected).get(0);

    assertThat(told.verdict()).isEqualTo(CONFIRMED);
    assertThat(told.finding().suspects()).isEqualTo(confirmed.suspects());
    assertThat(told.finding().count()).isEqualTo(3);
    assertThat(told.finding().evidence())
        .containsExactly("the run has not ended", "by now: 3 runs behind");
    assertThat(update(confirmed).get(0).finding()).isSameAs(confirmed);
  }

  @Test
  void keepsAMissingFindingWithItsLastValuesUntilItStaysAway() {
    settle(threads("a").count(7).build());
    for (int i = 0; i < 2; i++) {
      TrackedFinding missing = update().get(0);
      assertThat(missing.state()).isEqualTo(ONGOING);
      assertThat(missing.finding().count()).isEqualTo(7);
    }
    update(threads("a").opens(false).count(8).build());
    assertThat(states(update())).containsExactly("a ONGOING");
    assertThat(states(update())).containsExactly("a ONGOING");
    assertThat(states(update())).containsExactly("a RETRACTED");
  }

  @Test
  void retractsThreadsThatEndedAndForgetsThem() {
    settle(threads("a").count(7).build());
    update();
    update();
    TrackedFinding ended = update().get(0);
    assertThat(ended.state()).isEqualTo(FindingState.RETRACTED);
    assertThat(ended.verdict()).isEqualTo(RETRACTED);
    assertThat(ended.finding().count()).isEqualTo(7);
    assertThat(tracker.retractedTotal()).isEqualTo(1);
    assertThat(update()).isEmpty();
    assertThat(tracker.retractedTotal()).isEqualTo(1);
  }

  @Test
  void resolvesExecutorsThatWereShutDownAndKeepsTheirVerdict() {
    settle(FindingBuilder.executors().fingerprint("a").verdict(CONFIRMED).build());
    update();
    update();
    TrackedFinding ended = update().get(0);
    assertThat(ended.state()).isEqualTo(RESOLVED);
    assertThat(ended.verdict()).isEqualTo(CONFIRMED);
    assertThat(tracker.retractedTotal()).isZero();
  }

  @Test
  void takesAFindingThatComesBackForANewOne() {
    settle(threads("a").build());
    update();
    update();
    update();
    assertThat(update(threads("a").verdict(SUSPECTED).build())).isEmpty();
    assertThat(update(threads("a").verdict(SUSPECTED).build())).isEmpty();
    TrackedFinding back = update(threads("a").verdict(SUSPECTED).build()).get(0);
    assertThat(back.state()).isEqualTo(NEW);
    assertThat(back.verdict()).isEqualTo(SUSPECTED);
    assertThat(back.firstSeen()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void doesNotRetractWhatItNeverReported() {
    update(threads("a").build());
    for (int i = 0; i < 4; i++) {
      assertThat(update()).isEmpty();
    }
    assertThat(tracker.retractedTotal()).isZero();
  }

  @Test
  void remembersWhichKnownOnesWereDetectedAtAll() {
    FindingTracker withKnown = new FindingTracker(3, List.of("a", "b")::contains);
    List<TrackedFinding> unused =
        withKnown.update(List.of(threads("a").build(), threads("c").build()), START);

    assertThat(withKnown.knownSeen()).containsExactly("a");
  }

  @Test
  void takesTheStrongerOfTwoFindingsWithOneFingerprint() {
    Finding weak = threads("a").verdict(SUSPECTED).build();
    Finding strong = threads("a").verdict(CONFIRMED).build();
    update(weak, strong);
    update(strong, weak);
    assertThat(update(weak, strong))
        .singleElement()
        .satisfies(told -> assertThat(told.finding()).isSameAs(strong));
  }

  @Test
  void tellsOpenBeforeEndedThenByVerdictThenBySize() {
    List<Finding> staying = List.of(
        threads("few").verdict(CONFIRMED).threads(5).count(5).build(),
        threads("suspected").verdict(SUSPECTED).threads(1_000).build(),
        threads("many").verdict(CONFIRMED).threads(6).count(1).build(),
        threads("more").verdict(CONFIRMED).threads(5).count(9).build(),
        threads("proven").verdict(PROVEN).threads(1).build());
    List<Finding> all = new ArrayList<>(staying);
    all.add(threads("gone").verdict(PROVEN).threads(9_999).build());
    all.add(FindingBuilder.executors()
        .fingerprint("shut")
        .verdict(PROVEN)
        .threads(9_999)
        .build());
    settle(all.toArray(Finding[]::new));
    update(staying.toArray(Finding[]::new));
    update(staying.toArray(Finding[]::new));
    assertThat(states(update(staying.toArray(Finding[]::new))))
        .containsExactly(
            "proven ONGOING",
            "many ONGOING",
            "more ONGOING",
            "few ONGOING",
            "suspected ONGOING",
            "shut RESOLVED",
            "gone RETRACTED");
  }

  @Test
  void marksAndDoesNotCountKnownFindings() {
    known.add("a");
    settle(threads("a").verdict(CONFIRMED).build());
    assertThat(update(threads("a").build()).get(0).known()).isTrue();
    assertThat(tracker.hasOpenUnknown(verdict -> true)).isFalse();
    known.clear();
    assertThat(update(threads("a").build()).get(0).known()).isFalse();
    assertThat(tracker.hasOpenUnknown(verdict -> true)).isTrue();
  }

  @Test
  void tellsWhetherAReportedFindingOfAVerdictIsOpen() {
    update(threads("a").verdict(CONFIRMED).build());
    update(threads("a").verdict(CONFIRMED).build());
    assertThat(tracker.hasOpenUnknown(verdict -> true)).as("not settled yet").isFalse();
    update(threads("a").verdict(CONFIRMED).build());
    assertThat(tracker.hasOpenUnknown(verdict -> verdict.atLeast(CONFIRMED))).isTrue();
    assertThat(tracker.hasOpenUnknown(verdict -> verdict.atLeast(PROVEN))).isFalse();
    update();
    update();
    assertThat(tracker.hasOpenUnknown(verdict -> true)).as("missing, not ended").isTrue();
    update();
    assertThat(tracker.hasOpenUnknown(verdict -> true)).as("ended").isFalse();
  }

  @Test
  void tracksAThousandAtMostAndPrefersTheStrongestThenTheOldest() {
    settle(many("old", SUSPECTED, 600));
    List<Finding> more = new ArrayList<>(List.of(many("young", SUSPECTED, 600)));
    more.addAll(List.of(many("strong", CONFIRMED, 10)));
    more.addAll(List.of(many("old", SUSPECTED, 600)));
    settle(more.toArray(Finding[]::new));
    List<String> told = states(update(more.toArray(Finding[]::new)));
    assertThat(told).hasSize(1_000);
    assertThat(told).filteredOn(state -> state.startsWith("strong")).hasSize(10);
    assertThat(told).filteredOn(state -> state.startsWith("old")).hasSize(600);
    assertThat(tracker.refusedTotal()).as("210 in each of four updates").isEqualTo(840);
  }

  @Test
  void theOldestAreThoseThatCameFirstWhateverTheWallsClockSays() {
    FindingTracker eager = new FindingTracker(1, known::contains);
    List<Finding> all = new ArrayList<>(List.of(many("old", SUSPECTED, 1_000)));
    eager.update(all, START);
    all.addAll(List.of(many("a-young", SUSPECTED, 1)));
    List<String> told = states(eager.update(all, START.minusSeconds(3_600)));
    assertThat(told).hasSize(1_000).allMatch(state -> state.startsWith("old"));
  }

  @Test
  void needsAtLeastOneUpdateToSettle() {
    assertThatThrownBy(() -> new FindingTracker(0, known::contains))
        .hasMessage("settle must be at least 1, not 0");
  }

  private static FindingBuilder threads(String fingerprint) {
    return FindingBuilder.executors().kind(FindingKind.THREAD_GROWTH).fingerprint(fingerprint);
  }

  private static Finding[] many(String prefix, Verdict verdict, int number) {
    Finding[] findings = new Finding[number];
    for (int i = 0; i < number; i++) {
      findings[i] = threads("%s-%04d".formatted(prefix, i)).verdict(verdict).build();
    }
    return findings;
  }

  /** One update every ten seconds. */
  private List<TrackedFinding> update(Finding... detected) {
    return tracker.update(List.of(detected), START.plusSeconds(10L * sample++));
  }

  private void settle(Finding... detected) {
    update(detected);
    update(detected);
    update(detected);
  }

  private static List<String> states(List<TrackedFinding> findings) {
    return findings.stream()
        .map(tracked -> tracked.finding().fingerprint() + " " + tracked.state())
        .toList();
  }
}
