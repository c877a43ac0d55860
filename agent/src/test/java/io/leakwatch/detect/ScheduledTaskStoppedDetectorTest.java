package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.StoppedTasks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduledTaskStoppedDetectorTest {
  private final ScheduledTaskStoppedDetector detector =
      new ScheduledTaskStoppedDetector(name -> name.startsWith("com.acme."));

  @Test
  void aTaskThatThrewIsConfirmedWithItsClassTheExceptionAndTheLineThatMadeItsPool() {
    List<Finding> findings =
        detector.detect(history(stopped("Refresh", "NullPointerException", 1)));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.SCHEDULED_TASK_STOPPED);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.count()).isEqualTo(1);
    assertThat(finding.threads()).isZero();
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(30));
    assertThat(finding.headline()).isEqualTo("1 periodic task of com.acme.Refresh");
    assertThat(finding.summary())
        .isEqualTo("1 periodic task of com.acme.Refresh in the scheduled executor made in"
            + " QuoteService.quote runs no more: java.lang.NullPointerException");
    assertThat(finding.suspects()).startsWith("com.acme.QuoteService.quote(QuoteService.java:42)");
    assertThat(finding.evidence())
        .containsExactly(
            "1 task threw java.lang.NullPointerException",
            "the pool was open, and nobody had cancelled it");
  }

  @Test
  void whateverItThrewTheSameTaskIsOneFinding() {
    List<Finding> findings = detector.detect(history(
        stopped("Refresh", "NullPointerException", 2), stopped("Refresh", "OutOfMemoryError", 3)));

    assertThat(findings).extracting(Finding::count).containsExactly(5L);
    assertThat(findings.get(0).evidence())
        .containsExactly(
            "2 tasks threw java.lang.NullPointerException",
            "3 tasks threw java.lang.OutOfMemoryError",
            "the pool was open, and nobody had cancelled them");
  }

  @Test
  void twoTasksOfOnePoolAreTwoFindings() {
    assertThat(detector.detect(history(
            stopped("Refresh", "NullPointerException", 1),
            stopped("Purge", "NullPointerException", 1))))
        .extracting(Finding::fingerprint)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void nothingHasStoppedWhereNothingThrew() {
    assertThat(detector.detect(history())).isEmpty();
  }

  private static SampleHistory history(StoppedTasks... stopped) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    history.add(Histories.at(40).stoppedTasks(List.of(stopped)).build());
    return history;
  }

  private static StoppedTasks stopped(String task, String exception, long count) {
    return new StoppedTasks(
        "com.acme." + task,
        "java.lang." + exception,
        count,
        Duration.ofSeconds(10),
        Histories.CREATED_AT);
  }
}
