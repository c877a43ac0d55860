package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.GracefulShutdowns;

/** An executor that was shut down and is held by a task is found, with the line where that waits; one that drains is not. */
class StuckShutdownIT {
  /** The patience is 18 samples. */
  private static final String OPTIONS = "interval=200ms,warmup=1s";

  private static final String KIND = "EXECUTOR_NOT_TERMINATED";
  private static final String SAMPLE_APP = "sample-app/src/main/java";
  private static final String PROGRAMS = "integration-tests/src/test/java";

  @OnEveryJdk
  void executorsThatAreShutDownAndHeldAreConfirmedWithTheLineThatWaits(JdkUnderTest jdk) {
    String wait = GuiltyLine.wait(SAMPLE_APP, "com.acme.InvoicePrinter.awaitReceipt");
    String creator = GuiltyLine.start(SAMPLE_APP, "com.acme.InvoicePrinter.serve");
    try (AgentProcess app = AgentJvm.on(jdk)
        .options(OPTIONS)
        .sampleApp("stuck-shutdown", "--seconds", "12", "--rate", "5")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).contains("60 requests served, 60 executors leaked");

      assertThat(app.awaitReport(Report::isFinal).findings())
          .as(app::transcript)
          .filteredOn(Report.Finding::isConfirmed)
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(KIND);
            assertThat(finding.suspects()).startsWith(wait, creator);
            assertThat(finding.count()).isBetween(55L, 60L);
            assertThat(finding.waitingAt()).contains(wait);
            assertThat(finding.createdAt()).contains(creator);
          });
      assertThat(app.stderr())
          .contains(
              "LEAK CONFIRMED  executor shut down but never terminated",
              "created at  " + creator,
              "suspect     " + wait);
    }
  }

  @OnEveryJdk
  void aSingleExecutorThatWasInUseIsConfirmed(JdkUnderTest jdk) {
    String wait = GuiltyLine.wait(PROGRAMS, "com.acme.programs.GracefulShutdowns.awaitLetter");
    String creator = GuiltyLine.start(PROGRAMS, "com.acme.programs.GracefulShutdowns.main");
    try (AgentProcess app =
        AgentJvm.on(jdk).options(OPTIONS).main(GracefulShutdowns.class, "stuck")) {
      Report.Finding finding = app.awaitFinding(f -> f.isConfirmed(KIND));

      assertThat(finding.suspects()).startsWith(wait, creator);
      assertThat(finding.count()).isEqualTo(1);
    }
  }

  @OnEveryJdk
  void executorsThatDrainOrWereHandedOverToTheirTasksAreLeftInPeace(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).options(OPTIONS).main(GracefulShutdowns.class, "graceful")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      assertThat(app.awaitReport(Report::isFinal).executors().live()).isPositive();
      assertThat(app.findings()).as(app::transcript).isEmpty();
    }
  }
}
