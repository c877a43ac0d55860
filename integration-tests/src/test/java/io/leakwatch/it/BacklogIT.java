package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.StuckWorkers;

/** A queue that keeps getting longer is found; what is not due yet and bursts that are worked off are not. */
class BacklogIT {
  private static final String OPTIONS = "interval=200ms,warmup=1s";
  private static final String KIND = "QUEUE_BACKLOG";
  private static final String SAMPLE_APP = "sample-app/src/main/java";
  private static final String PROGRAMS = "integration-tests/src/test/java";

  @OnEveryJdk
  void aPoolThatIsTooSlowIsSuspectedWithItsRateAndTheLineThatMakesIt(JdkUnderTest jdk) {
    String creator = GuiltyLine.start(SAMPLE_APP, "com.acme.OrderMail.<init>");
    String work = GuiltyLine.wait(SAMPLE_APP, "com.acme.OrderMail.send");
    try (AgentProcess app =
        AgentJvm.on(jdk).options(OPTIONS).sampleApp("backlog", "--seconds", "14", "--rate", "20")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      assertThat(app.awaitReport(Report::isFinal).findings())
          .as(app::transcript)
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(KIND);
            assertThat(finding.verdict()).isEqualTo("SUSPECTED");
            assertThat(finding.suspects()).startsWith(creator).contains(work);
            // 280 orders, of which two a second are done.
            assertThat(finding.count()).isBetween(240L, 280L);
            // 18 a second more, less where the machine is busy.
            assertThat(finding.growthPerMinute()).isBetween(300.0, 1_500.0);
            assertThat(finding.evidence()).contains("1 worker of at most 1, 1 at work");
          });
      assertThat(app.stderr()).contains("LEAK SUSPECTED  queue backlog growing");
    }
  }

  @OnEveryJdk
  void aPoolWhoseWorkersAreAllStuckIsConfirmedWithTheLineWhereTheyWait(JdkUnderTest jdk) {
    String creator = GuiltyLine.start(PROGRAMS, "com.acme.programs.StuckWorkers.main");
    String wait = GuiltyLine.wait(PROGRAMS, "com.acme.programs.StuckWorkers.awaitAnswer");
    try (AgentProcess app = AgentJvm.on(jdk).options(OPTIONS).main(StuckWorkers.class)) {
      Report.Finding finding = app.awaitFinding(f -> f.isConfirmed(KIND));

      assertThat(finding.suspects()).startsWith(wait, creator);
      assertThat(app.findings())
          .as(app::transcript)
          .filteredOn(f -> f.kind().equals(KIND))
          .extracting(Report.Finding::fingerprint)
          .containsOnly(finding.fingerprint());
    }
  }
}
