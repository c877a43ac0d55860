package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
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
            "in a worker of the executor made in com.acme.QuoteService.quote(QuoteService.java:42)",
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

  private static SampleHistory history(SlowTask... tasks) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t < 40; t++) {
      history.add(Histories.sample(t, List.of(), List.of()));
    }
    history.add(Histories.at(40).slowTasks(List.of(tasks)).build());
    return history;
  }

  private static SlowTask slow(int since, String method, String at) {
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
        "executor",
        Histories.CREATED_AT,
        new ThreadDetail("pool-1-thread-1", false, Thread.State.RUNNABLE, stack));
  }
}
