package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.FOREVER;
import static io.leakwatch.detect.Histories.born;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.detect.Histories.Life;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.HeldExecutors;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.SiteThreads;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutorNeverShutDownDetectorTest {
  private final ExecutorNeverShutDownDetector detector =
      new ExecutorNeverShutDownDetector(3, name -> true);

  @Test
  void executorsMadeAgainAndAgainAreConfirmed() {
    List<Finding> findings = detector.detect(history(t -> born(1, FOREVER), 20, null, 0));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.EXECUTOR_NEVER_SHUT_DOWN);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.count()).as("executors").isEqualTo(21);
    assertThat(finding.threads()).isEqualTo(42);
    assertThat(finding.headline()).isEqualTo("21 executors (42 threads)");
    assertThat(finding.summary())
        .isEqualTo("21 executors made in QuoteService.quote, none of them shut down");
    assertThat(finding.growthPerMinute()).isEqualTo(60.0);
    assertThat(finding.suspects())
        .first()
        .isEqualTo("com.acme.QuoteService.quote(QuoteService.java:42)");
    assertThat(finding.waiting()).isEqualTo("LinkedBlockingQueue.take, idle worker, no timeout");
    assertThat(finding.evidence())
        .containsExactly(
            "0 of 21 shut down",
            "low-water mark rose in 15 of 15 samples",
            "18 of them unused for 3s or more");
  }

  @Test
  void manyPoolsMadeAtStartAreNoLeak() {
    assertThat(detector.detect(history(t -> born(t == 0 ? 40 : 0, FOREVER), 60, null, 0)))
        .isEmpty();
  }

  @Test
  void poolsThatAreShutDownInTheEndAreNoLeak() {
    assertThat(detector.detect(history(t -> born(2, t + 4), 60, null, 0))).isEmpty();
  }

  @Test
  void poolsWhoseIdleThreadsEndByThemselvesGetTimeToDoSo() {
    Duration timeout = Duration.ofSeconds(60);

    assertThat(detector.detect(history(t -> born(1, FOREVER), 100, timeout, 0))).isEmpty();
    assertThat(detector.detect(history(t -> born(1, FOREVER), 125, timeout, 0))).hasSize(1);
  }

  @Test
  void poolsWithStuckTasksGetNone() {
    assertThat(detector.detect(history(t -> born(1, FOREVER), 30, Duration.ofSeconds(60), 5)))
        .hasSize(1);
  }

  @Test
  void theirThreadsAreNotReportedASecondTime() {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= 30; t++) {
      Cohorts cohorts = Histories.cohorts(b -> born(1, FOREVER), t);
      SiteThreads threads = new SiteThreads(
          1,
          false,
          "java.util.concurrent.ThreadPoolExecutor$Worker",
          Histories.CREATED_AT,
          new SiteThreads.Owner(7, "executor", true, false),
          cohorts,
          false,
          List.of(),
          Histories.waiting(),
          null);
      history.add(Histories.sample(t, List.of(threads), List.of(executors(7, cohorts, null, 0))));
    }

    assertThat(detector.detect(history)).hasSize(1);
    assertThat(new ThreadGrowthDetector(3, name -> true).detect(history)).isEmpty();
  }

  private static SampleHistory history(
      Life life, int until, @Nullable Duration idleTimeout, long running) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= until; t++) {
      history.add(Histories.sample(
          t, List.of(), List.of(executors(1, Histories.cohorts(life, t), idleTimeout, running))));
    }
    return history;
  }

  private static SiteExecutors executors(
      long origin, Cohorts open, @Nullable Duration idleTimeout, long running) {
    return new SiteExecutors(
        origin,
        "executor",
        "java.util.concurrent.ThreadPoolExecutor",
        Histories.CREATED_AT,
        open.total(),
        0,
        open,
        2 * open.total(),
        running,
        idleTimeout,
        List.of("pool-1-thread-1"),
        Histories.idle(),
        HeldExecutors.NONE,
        Queues.EMPTY,
        null);
  }
}
