package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.FOREVER;
import static io.leakwatch.detect.Histories.born;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteThreads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineDetectorTest {
  private final BaselineDetector detector = new BaselineDetector(2.0);

  @Test
  void nothingIsSuspectedUpToTheFactor() {
    assertThat(detector.detect(step(20))).isEmpty();
  }

  @Test
  void moreThanTheFactorIsSuspectedWithTheLargestGroups() {
    List<Finding> findings = detector.detect(step(21));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.THREADS_OVER_BASELINE);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.summary()).isEqualTo("21 live threads, 2.1 times the baseline of 10");
    assertThat(finding.oldest())
        .as("over the baseline since second 8")
        .isEqualTo(Duration.ofSeconds(4));
    assertThat(finding.stacks())
        .extracting(StackGroup::title)
        .containsExactly(
            "21 threads of com.acme.QuoteService$$Lambda: CountDownLatch.await, no timeout, called from"
                + " com.acme.QuoteService.poll(QuoteService.java:57)");
  }

  @Test
  void singleThreadsAreNotToldBesideGroups() {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= 12; t++) {
      int second = t;
      SiteThreads group = Histories.threads(
          1, Histories.cohorts(b -> born(b == 0 ? 5 : b == 8 ? 20 : 0, FOREVER), second));
      SiteThreads single =
          Histories.threads(2, Histories.cohorts(b -> born(b == 0 ? 1 : 0, FOREVER), second));
      history.add(Histories.sample(t, List.of(group, single), List.of()));
    }

    assertThat(detector.detect(history).get(0).stacks())
        .extracting(StackGroup::count)
        .containsExactly(25L);
  }

  @Test
  void nothingIsSuspectedDuringTheWarmUp() {
    assertThat(detector.detect(Histories.ofThreads(t -> born(100, FOREVER), 4))).isEmpty();
  }

  @Test
  void aStrongerFindingThatExplainsItSpeaksForIt() {
    SampleHistory leak = Histories.ofThreads(t -> born(5, FOREVER), 30);

    assertThat(detector.detect(leak)).hasSize(1);
    List<Finding> findings =
        new Detectors(List.of(detector, new ThreadGrowthDetector(3, name -> true))).detect(leak);
    assertThat(findings)
        .extracting(Finding::kind, Finding::opens)
        .as("said before, it stays open while it is true; else it is not said")
        .containsExactly(
            tuple(FindingKind.THREADS_OVER_BASELINE, false),
            tuple(FindingKind.SIGNAL_NEVER_COMES, true));
  }

  @Test
  void itIsSaidBesideAFindingThatExplainsLittleOfIt() {
    SampleHistory smallLeak = Histories.ofThreads(t -> born(1, FOREVER), 12);
    LeakDetector other = history -> new ThreadGrowthDetector(3, name -> true).detect(smallLeak);

    assertThat(new Detectors(List.of(other, detector)).detect(step(500)))
        .extracting(Finding::kind, Finding::opens)
        .containsExactly(
            tuple(FindingKind.SIGNAL_NEVER_COMES, true),
            tuple(FindingKind.THREADS_OVER_BASELINE, true));
  }

  /** Ten threads, from second 8 on {@code n}; looked at in second 12. */
  private static SampleHistory step(int n) {
    return Histories.ofThreads(t -> born(t == 0 ? 10 : t == 8 ? n - 10 : 0, FOREVER), 12);
  }
}
