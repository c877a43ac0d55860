package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** A site's queues, sampled once a second; six rises over spans of three samples are required. */
class QueueBacklogDetectorTest {
  private static final int NEVER = Integer.MAX_VALUE;

  private final QueueBacklogDetector detector =
      new QueueBacklogDetector(3, name -> name.startsWith("com.acme."));

  @Test
  void aQueueThatKeepsGettingLongerIsSuspectedWithItsRate() {
    List<Finding> findings = detector.detect(history(40, t -> queues(2L * t, NEVER)));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.QUEUE_BACKLOG);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.opens()).isTrue();
    assertThat(finding.count()).isEqualTo(80);
    assertThat(finding.threads()).isEqualTo(4);
    assertThat(finding.growthPerMinute()).isBetween(110.0, 120.0);
    assertThat(finding.headline()).isEqualTo("80 tasks in the queue of 1 executor");
    assertThat(finding.summary())
        .isEqualTo("80 tasks in the queue of 1 executor made in QuoteService.quote, more and more");
    assertThat(finding.suspects()).startsWith("com.acme.QuoteService.quote(QuoteService.java:42)");
    assertThat(finding.evidence())
        .containsExactly(
            "low-water mark of the queue rose 11 times in a row, by 66 tasks",
            "4 workers of at most 8, 3 at work");
  }

  @Test
  void whenAllWorkersAreStuckMeanwhileItIsConfirmedWithTheLineWhereTheyWait() {
    List<Finding> findings = detector.detect(history(40, t -> queues(2L * t, 2)));

    assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.CONFIRMED);
    Finding finding = findings.get(0);
    assertThat(finding.suspects())
        .startsWith(
            "com.acme.QuoteService.poll(QuoteService.java:57)",
            "com.acme.QuoteService.quote(QuoteService.java:42)");
    assertThat(finding.summary())
        .isEqualTo(
            "80 tasks in the queue of 1 executor made in QuoteService.quote, all workers are stuck");
    assertThat(finding.evidence()).contains("every worker has been in the same task for 38s");
  }

  @Test
  void workersThatGotStuckAfterItBeganToGrowAreNoProofYet() {
    assertThat(detector.detect(history(40, t -> queues(2L * t, 30))))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.SUSPECTED);
  }

  @Test
  void aSlowLeakIsSeenOverLongerSpans() {
    assertThat(detector.detect(history(120, t -> queues(t / 5, NEVER)))).hasSize(1);
  }

  @Test
  void oneThatGrowsNoMoreIsKeptOpenOnlyUntilItDrains() {
    IntFunction<Queues> plateau = t -> queues(2L * Math.min(t, 40), NEVER);
    assertThat(detector.detect(history(60, plateau)))
        .extracting(Finding::opens)
        .containsExactly(false);
    assertThat(detector.detect(history(70, t -> queues(t < 60 ? 80 : 80 - 5L * (t - 60), NEVER))))
        .isEmpty();
  }

  @Test
  void aBurstThatDrainsIsNoBacklog() {
    for (int now = 5; now <= 80; now++) {
      assertThat(detector.detect(history(
              now, t -> queues(t < 20 ? 0 : Math.max(0, 1_000 - 20L * (t - 20)), NEVER))))
          .as("second %d", now)
          .isEmpty();
    }
  }

  @Test
  void aWaveThatComesBackIsNoBacklog() {
    for (int now = 60; now <= 120; now++) {
      assertThat(detector.detect(history(
              now, t -> queues(Math.round(50 - 50 * Math.cos(t * Math.PI / 30)), NEVER))))
          .as("second %d", now)
          .isEmpty();
    }
  }

  @Test
  void aFewTasksAreNone() {
    assertThat(detector.detect(history(40, t -> queues(t / 8, NEVER)))).isEmpty();
  }

  @Test
  void whereMoreAndMoreExecutorsAreMadeItIsNotTheQueueThatGrows() {
    assertThat(
            detector.detect(history(40, t -> new Queues(3L * t, t, 4L * t, 8L * t, 4L * t, NEVER))))
        .isEmpty();
  }

  private static Queues queues(long tasks, int stuckSince) {
    return new Queues(tasks, 1, 4, 8, 3, stuckSince);
  }

  private static SampleHistory history(int until, IntFunction<Queues> queues) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= until; t++) {
      SiteExecutors site =
          Histories.pool(1, "executor", ThreadPoolExecutor.class, 4, 3, queues.apply(t));
      history.add(Histories.sample(t, List.of(), List.of(site)));
    }
    return history;
  }
}
