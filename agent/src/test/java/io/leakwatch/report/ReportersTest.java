package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.LeakReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportersTest {
  private static final LeakReport REPORT = ReportBuilder.healthy().build();

  private final RecordedOutput output = new RecordedOutput();
  private final AgentLog log = new AgentLog(output, output);
  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();
  private final Reporters reporters = new Reporters(List.of(first, second), log);

  @Test
  void callsEachReporterInOrder() {
    reporters.report(REPORT);
    assertThat(first.reports).containsExactly(REPORT);
    assertThat(second.reports).containsExactly(REPORT);
    assertThat(output.lines()).isEmpty();
  }

  @Test
  void goesOnToTheNextWhenOneFails() {
    for (Throwable failure :
        List.of(new IOException("full"), new IllegalStateException(), new StackOverflowError())) {
      first.failure = failure;
      reporters.report(REPORT);
    }
    assertThat(first.reports).isEmpty();
    assertThat(second.reports).hasSize(3);
  }

  @Test
  void saysAFailingReporterOnceAndAgainWhenItHasWorkedInBetween() {
    first.failure = new IOException("cannot write JSON to /x/a.json (No space left on device)");
    reporters.report(REPORT);
    reporters.report(REPORT);
    assertThat(output.lines())
        .containsExactly("WARN cannot write JSON to /x/a.json (No space left on device)");
    first.failure = null;
    reporters.report(REPORT);
    first.failure = new IllegalStateException("broken\nline");
    reporters.report(REPORT);
    assertThat(output.lines())
        .hasSize(2)
        .last()
        .isEqualTo("WARN Recorder failed: java.lang.IllegalStateException: broken\\nline");
  }

  @Test
  void saysEachFailingReporter() {
    first.failure = new IOException("one");
    second.failure = new IOException("two");
    reporters.report(REPORT);
    assertThat(output.lines()).containsExactly("WARN one", "WARN two");
  }

  @Test
  void closesAllEvenWhenOneCannotBeClosed() {
    first.failure = new IllegalStateException("stuck");
    reporters.close();
    assertThat(second.closed).isTrue();
    assertThat(output.lines())
        .containsExactly("WARN Recorder failed: java.lang.IllegalStateException: stuck");
  }

  private static final class Recorder implements Reporter {
    final List<LeakReport> reports = new ArrayList<>();

    @Nullable
    Throwable failure;

    boolean closed;

    @Override
    public void report(LeakReport report) throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      failUnchecked();
      reports.add(report);
    }

    @Override
    public void close() {
      failUnchecked();
      closed = true;
    }

    private void failUnchecked() {
      if (failure instanceof RuntimeException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
    }
  }
}
