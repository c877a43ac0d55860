package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.EndedTask;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SlowTask;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowTaskDetectorTest {
  private final SlowTaskDetector detector =
      new SlowTaskDetector(name -> name.startsWith("com.acme."));

  @Test
  void aSlowTaskIsSuspectedWithWhatItIsAt() {
    List<Finding> findings = detector.detect(history(slow(10, "query", "socketRead")));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.SLOW_TASK);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.count()).isEqualTo(1);
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(30));
    assertThat(finding.headline()).isEqualTo("1 task of Report.run");
    assertThat(finding.summary()).isEqualTo("1 task of Report.run running for 30s or more");
    assertThat(finding.suspects()).containsExactly("com.acme.Report.query(Report.java:30)");
    assertThat(finding.waiting())
        .isEqualTo(
            "Socket.socketRead, running or in I/O, called from com.acme.Report.query(Report.java:30)");
    assertThat(finding.evidence())
        .containsExactly(
            "in a thread of the executor made in com.acme.QuoteService.quote(QuoteService.java:42)",
            "the same task at each sample for 30s");
    assertThat(finding.threadNames()).containsExactly("pool-1-thread-1");
  }

  @Test
  void theSameTaskInSeveralWorkersIsOneFindingWhateverItIsAt() {
    List<Finding> findings = detector.detect(history(
        slow(10, "query", "socketRead"), slow(11, "query", "write"), slow(12, "query", "read")));

    assertThat(findings).extracting(Finding::count).containsExactly(3L);
    assertThat(findings.get(0).fingerprint())
        .isEqualTo(detector.detect(history(slow(10, "query", "write"))).get(0).fingerprint());
  }

  @Test
  void twoTasksAreTwoFindings() {
    assertThat(detector.detect(history(slow(10, "query", "read"), slow(10, "export", "read"))))
        .hasSize(2);
  }

  @Test
  void aTaskFromBeforeTheEndOfTheWarmUpIsALoopThatIsMeantToRun() {
    assertThat(detector.detect(history(slow(Histories.WARMUP_SECONDS, "query", "read"))))
        .isEmpty();
  }

  @Test
  void nothingIsSlowWhileThereIsNothing() {
    assertThat(detector.detect(history())).isEmpty();
  }

  @Test
  void whereATaskIsHandedInIsToldWhenItIsKnown() {
    SlowTask task = slow(10, "query", "read");
    StackTraceElement line = frame("com.acme.Shop", "order", "Shop.java", 12);
    SlowTask handedIn = with(task, task.executor(), List.of(List.of(line)));

    assertThat(only(history(handedIn)).evidence())
        .endsWith("handed in at com.acme.Shop.order(Shop.java:12)");
  }

  @Test
  void aTaskThatLeavesNoThreadForThoseThatWaitBlocksItsExecutor() {
    SlowTask task = slow(10, "query", "read");
    SlowTask blocking = with(
        task,
        new SlowTask.Executor("fork-join pool", "the common pool", List.of(), 3, 3, 7),
        List.of());

    Finding finding = only(history(blocking));
    assertThat(finding.summary())
        .isEqualTo("1 task of Report.run running for 30s or more, blocking its executor");
    assertThat(finding.evidence())
        .startsWith(
            "in a thread of the fork-join pool that is the common pool",
            "blocks it: all 3 of its threads are at work and 7 tasks wait for one");
  }

  @Test
  void aTaskThatLeavesAThreadBlocksNobody() {
    SlowTask task = slow(10, "query", "read");
    SlowTask waitedFor =
        with(task, new SlowTask.Executor("executor", "", Histories.CREATED_AT, 1, 4, 1), List.of());

    Finding finding = only(history(waitedFor));
    assertThat(finding.summary()).doesNotContain("blocking");
    assertThat(finding.evidence()).contains("1 task waits in its queue");
  }

  @Test
  void whenItHasEndedItSaysHowLongItTook() {
    SlowTask task = slow(10, "query", "read");
    SampleHistory history = historyUntil(39);
    history.add(Histories.at(40)
        .endedTasks(List.of(new EndedTask(task, Duration.ofSeconds(31))))
        .build());

    Finding finding = only(history);
    assertThat(finding.opens()).isFalse();
    assertThat(finding.headline()).isEqualTo("1 task of Report.run, ended after 31s");
    assertThat(finding.fingerprint()).isEqualTo(only(history(task)).fingerprint());
  }

  @Test
  void thoseThatHaveEndedAreToldWithThoseThatStillRun() {
    SampleHistory history = historyUntil(39);
    history.add(Histories.at(40)
        .slowTasks(List.of(slow(12, "query", "read")))
        .endedTasks(List.of(
            new EndedTask(slow(10, "query", "read"), Duration.ofSeconds(31)),
            new EndedTask(slow(11, "query", "read"), Duration.ofSeconds(29))))
        .build());

    Finding finding = only(history);
    assertThat(finding.opens()).isTrue();
    assertThat(finding.count()).isEqualTo(1);
    assertThat(finding.evidence()).endsWith("2 tasks ended, the longest after 31s");
  }

  private Finding only(SampleHistory history) {
    List<Finding> findings = detector.detect(history);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static SlowTask with(
      SlowTask task, SlowTask.Executor executor, List<List<StackTraceElement>> submittedAt) {
    return new SlowTask(
        task.threadName(), task.since(), task.runningFor(), executor, submittedAt, task.thread());
  }

  private static SampleHistory history(SlowTask... tasks) {
    SampleHistory history = historyUntil(39);
    history.add(Histories.at(40).slowTasks(List.of(tasks)).build());
    return history;
  }

  private static SampleHistory historyUntil(int second) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= second; t++) {
      history.add(Histories.sample(t, List.of(), List.of()));
    }
    return history;
  }

  static SlowTask slow(int since, String method, String at) {
    List<StackTraceElement> stack = new ArrayList<>();
    stack.add(frame("java.net.Socket", at, "Socket.java", 1));
    stack.add(frame("com.acme.Report", method, "Report.java", 30));
    stack.add(frame("com.acme.Report", "run", "Report.java", 20));
    stack.add(frame("java.util.concurrent.FutureTask", "run", "FutureTask.java", 264));
    stack.add(frame(
        "java.util.concurrent.ThreadPoolExecutor", "runWorker", "ThreadPoolExecutor.java", 1136));
    stack.add(frame("com.acme.NamingFactory$1", "run", "NamingFactory.java", 9));
    stack.add(frame("java.lang.Thread", "run", "Thread.java", 840));
    return new SlowTask(
        "pool-1-thread-1",
        since,
        Duration.ofSeconds(40 - since),
        new SlowTask.Executor("executor", "", Histories.CREATED_AT, 1, 4, 0),
        List.of(),
        new ThreadDetail("pool-1-thread-1", false, Thread.State.RUNNABLE, stack));
  }
}
