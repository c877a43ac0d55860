package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.HeldExecutors;
import io.leakwatch.sample.HeldExecutors.Group;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At second 40, with a patience of 18 samples: what has been so since second 22 counts. */
class ExecutorNotTerminatedDetectorTest {
  private static final int NOW = 40;
  private static final Cohorts NOBODY = Cohorts.of();

  private final ExecutorNotTerminatedDetector detector =
      new ExecutorNotTerminatedDetector(3, name -> name.startsWith("com.acme."));

  @Test
  void anExecutorWhoseTaskDoesNotMoveIsConfirmedWithTheLineWhereItWaits() {
    List<Finding> findings =
        detector.detect(used(Cohorts.of(12, 1, 38, 1), Cohorts.of(20, 1, 39, 1)));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.EXECUTOR_NOT_TERMINATED);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.count()).isEqualTo(2);
    assertThat(finding.threads()).isEqualTo(5);
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(28));
    assertThat(finding.headline()).isEqualTo("2 executors shut down, 5 workers still at work");
    assertThat(finding.summary())
        .isEqualTo("2 executors made in QuoteService.quote were shut down and cannot terminate");
    assertThat(finding.suspects())
        .containsExactly(
            "com.acme.QuoteService.poll(QuoteService.java:57)",
            "com.acme.QuoteService.quote(QuoteService.java:42)",
            "com.acme.Server.serve(Server.java:7)");
    assertThat(finding.waiting())
        .isEqualTo(
            "CountDownLatch.await, no timeout, called from com.acme.QuoteService.poll(QuoteService.java:57)");
    assertThat(finding.evidence())
        .containsExactly(
            "no task has ended in the oldest for 28s",
            "a worker has been in the same wait, without a timeout, for 20s");
    assertThat(finding.threadNames()).containsExactly("pool-1-thread-1");
  }

  @Test
  void oneWhoseTaskMovesIsSuspectedOnly() {
    List<Finding> findings = detector.detect(used(Cohorts.of(22, 1), Cohorts.of(23, 1)));

    assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.SUSPECTED);
    assertThat(findings.get(0).summary())
        .isEqualTo("1 executor made in QuoteService.quote was shut down and cannot terminate");
    assertThat(findings.get(0).evidence())
        .containsExactly(
            "no task has ended in it for 18s",
            "but its worker computes, is in I/O, moves, or waits with a timeout");
  }

  @Test
  void oneInWhichATaskHasEndedLatelyIsDraining() {
    assertThat(detector.detect(used(Cohorts.of(23, 4), Cohorts.of(23, 4)))).isEmpty();
  }

  @Test
  void oneThatWasHandedOverToItsTasksIsMeantToLiveAsLongAsThey() {
    assertThat(detector.detect(handedOver(Cohorts.of(2, 3), Cohorts.of(2, 3)))).isEmpty();
    assertThat(detector.detect(handedOver(Cohorts.of(2, 3, 9, 1), Cohorts.of(2, 3, 9, 1))))
        .isEmpty();
  }

  @Test
  void oneAfterTheOtherThatWasHandedOverIsALeak() {
    Cohorts births = Cohorts.of(2, 1, 9, 1, 16, 1, 30, 1);

    List<Finding> findings = detector.detect(handedOver(births, births));

    assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.CONFIRMED);
    assertThat(findings.get(0).count()).isEqualTo(4);
  }

  @Test
  void thoseThatWereHandedOverAndMoveAreNone() {
    assertThat(detector.detect(handedOver(Cohorts.of(2, 1, 9, 1, 16, 1, 30, 1), NOBODY)))
        .isEmpty();
  }

  @Test
  void theSameSiteIsTheSameFindingWhereverItsTaskWaits() {
    String one =
        detector.detect(used(Cohorts.of(12, 1), Cohorts.of(12, 1))).get(0).fingerprint();
    String other = detector.detect(used(Cohorts.of(3, 9), NOBODY)).get(0).fingerprint();
    assertThat(one).isEqualTo(other);
  }

  private static SampleHistory used(Cohorts atWork, Cohorts motionless) {
    return history(new HeldExecutors(
        new Group(atWork, motionless),
        Group.NONE,
        5,
        List.of("pool-1-thread-1"),
        Histories.waiting()));
  }

  private static SampleHistory handedOver(Cohorts atWork, Cohorts motionless) {
    return history(new HeldExecutors(
        Group.NONE,
        new Group(atWork, motionless),
        5,
        List.of("pool-1-thread-1"),
        Histories.waiting()));
  }

  private static SampleHistory history(HeldExecutors held) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t < NOW; t++) {
      history.add(Histories.sample(t, List.of(), List.of()));
    }
    history.add(Histories.sample(NOW, List.of(), List.of(executors(held))));
    return history;
  }

  static SiteExecutors executors(HeldExecutors held) {
    return new SiteExecutors(
        1,
        "executor",
        "java.util.concurrent.ThreadPoolExecutor",
        Histories.CREATED_AT,
        9,
        9,
        NOBODY,
        0,
        0,
        null,
        List.of(),
        List.of(),
        held,
        Queues.EMPTY,
        null);
  }
}
