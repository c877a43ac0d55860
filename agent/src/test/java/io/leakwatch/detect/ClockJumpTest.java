package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.FOREVER;
import static io.leakwatch.detect.Histories.born;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.FindingTracker;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleBuilder;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The wall's clock goes back an hour, and on by a day: but for the times that are printed, every report is as without. */
class ClockJumpTest {
  private static final int UNTIL = 60;
  private static final int BACK_AT = 20;
  private static final int ON_AT = 40;

  private final LeakDetector detectors = new Detectors(List.of(
      new ThreadGrowthDetector(3, name -> true),
      new QueueBacklogDetector(3, name -> true),
      new BaselineDetector(2.0)));

  @Test
  void findingsAndTheirLivesDoNotDependOnTheWallsClock() {
    List<List<TrackedFinding>> steady = lives(Histories.START::plusSeconds);
    List<List<TrackedFinding>> jumping = lives(ClockJumpTest::jumping);

    assertThat(steady.get(UNTIL))
        .extracting(tracked -> tracked.finding().kind())
        .contains(FindingKind.SIGNAL_NEVER_COMES, FindingKind.QUEUE_BACKLOG);
    for (int t = 0; t <= UNTIL; t++) {
      assertThat(withoutTimes(jumping.get(t)))
          .as("second %d", t)
          .isEqualTo(withoutTimes(steady.get(t)));
    }
  }

  /** It is what the clock on the wall showed then, and stays. */
  @Test
  void sinceIsTheTimeThatItWasWhenTheFindingCameUp() {
    List<List<TrackedFinding>> lives = lives(ClockJumpTest::jumping);
    TrackedFinding growth = growth(lives.get(BACK_AT - 1));
    assertThat(growth.firstSeen()).isBetween(Histories.START, Histories.START.plusSeconds(BACK_AT));
    assertThat(growth(lives.get(ON_AT - 1)).firstSeen()).isEqualTo(growth.firstSeen());
    assertThat(growth(lives.get(UNTIL)).firstSeen()).isEqualTo(growth.firstSeen());
  }

  private static TrackedFinding growth(List<TrackedFinding> findings) {
    return findings.stream()
        .filter(tracked -> tracked.finding().kind() == FindingKind.SIGNAL_NEVER_COMES)
        .findFirst()
        .orElseThrow();
  }

  private static Instant jumping(int second) {
    Instant time = Histories.START.plusSeconds(second);
    if (second >= ON_AT) {
      return time.plus(Duration.ofDays(1));
    }
    return second >= BACK_AT ? time.minus(Duration.ofHours(1)) : time;
  }

  /** What is told at each second. */
  private List<List<TrackedFinding>> lives(IntFunction<Instant> clock) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    FindingTracker tracker = new FindingTracker(3, fingerprint -> false);
    List<List<TrackedFinding>> told = new ArrayList<>();
    for (int t = 0; t <= UNTIL; t++) {
      Sample sample = sample(t, clock.apply(t));
      history.add(sample);
      List<Finding> found = detectors.detect(history);
      told.add(tracker.update(found, sample.time()));
    }
    return told;
  }

  private static Sample sample(int second, Instant time) {
    Cohorts cohorts = Histories.cohorts(t -> born(1, FOREVER), second);
    SiteExecutors pool = Histories.pool(
        2,
        "executor",
        ThreadPoolExecutor.class,
        4,
        3,
        new Queues(2L * second, 1, 4, 8, 3, Integer.MAX_VALUE));
    return SampleBuilder.sample(second, time, Duration.ofSeconds(second))
        .liveThreads(cohorts.total(), 0)
        .threads(List.of(Histories.threads(1, cohorts)))
        .executors(List.of(pool))
        .build();
  }

  private static List<TrackedFinding> withoutTimes(List<TrackedFinding> findings) {
    return findings.stream()
        .map(tracked -> new TrackedFinding(
            tracked.finding(), tracked.verdict(), tracked.state(), Instant.EPOCH, tracked.known()))
        .toList();
  }
}
