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
  private static final List<StackTraceElement> SCHEDULED_AT =
      List.of(Histories.frame("com.acme.Shop", "open", "Shop.java", 11));

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
    assertThat(finding.suspects())
        .startsWith(
            "com.acme.Shop.open(Shop.java:11)",
            "com.acme.QuoteService.quote(QuoteService.java:42)");
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
  void whereItWasScheduledChangesNoFingerprint() {
    StoppedTasks known = stopped("Refresh", "NullPointerException", 1);
    StoppedTasks unknown = new StoppedTasks(
        false,
        known.taskClass(),
        known.exceptionClass(),
        1,
        known.since(),
        List.of(),
        known.poolCreatedAt());

    assertThat(detector.detect(history(known)).get(0).fingerprint())
        .isEqualTo(detector.detect(history(unknown)).get(0).fingerprint())
        .isEqualTo("c8eabaec3f82");
  }

  @Test
  void aTimerThatDiedIsConfirmedWithAllTheTasksThatItHad() {
    List<Finding> findings = detector.detect(history(new StoppedTasks(
        true,
        "com.acme.Refresh",
        "java.lang.NullPointerException",
        3,
        Duration.ofSeconds(10),
        SCHEDULED_AT,
        Histories.CREATED_AT)));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.SCHEDULED_TASK_STOPPED);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.count()).isEqualTo(3);
    assertThat(finding.headline()).isEqualTo("3 tasks of a dead timer");
    assertThat(finding.summary())
        .isEqualTo("3 tasks of a dead timer made in QuoteService.quote run no more:"
            + " com.acme.Refresh threw java.lang.NullPointerException");
    assertThat(finding.suspects())
        .startsWith(
            "com.acme.Shop.open(Shop.java:11)",
            "com.acme.QuoteService.quote(QuoteService.java:42)");
    assertThat(finding.evidence())
        .containsExactly(
            "com.acme.Refresh threw java.lang.NullPointerException, which ended the timer's thread"
                + " with 3 tasks in its queue",
            "nobody had cancelled the timer");
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

  static StoppedTasks stopped(String task, String exception, long count) {
    return new StoppedTasks(
        false,
        "com.acme." + task,
        "java.lang." + exception,
        count,
        Duration.ofSeconds(10),
        SCHEDULED_AT,
        Histories.CREATED_AT);
  }
}
