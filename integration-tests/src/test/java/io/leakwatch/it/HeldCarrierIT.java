package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual threads that keep their carriers are found; those that only run a lot are not. */
class HeldCarrierIT {
  private static final Path PROGRAM =
      Path.of("src/test/programs/HeldCarriers.java").toAbsolutePath();
  private static final String OPTIONS = "interval=200ms,warmup=1s,held-carrier=1s";
  private static final List<String> KINDS =
      List.of("CARRIER_PINNED", "CARRIER_MONOPOLISED", "SCHEDULER_STARVED");

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void aWaitInAClassInitializerPinsAndSoDoTheThreadsThatWantTheClass(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "initializer")) {
      Report.Finding pinned = app.awaitFinding(f -> f.kind().equals("CARRIER_PINNED"));
      Report.Finding behind = app.awaitFinding(f -> f.kind().equals("CARRIER_MONOPOLISED"));

      assertThat(pinned.verdict()).isEqualTo("SUSPECTED");
      assertThat(pinned.suspects()).first().asString().startsWith("HeldCarriers$Rates.load(");
      assertThat(behind.suspects()).first().asString().startsWith("HeldCarriers.readRates(");
      assertThat(behind.evidence()).anyMatch(e -> e.contains("a class that another thread"));
      end(app);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void aLoopMonopolisesItsCarrier(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "spin")) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals("CARRIER_MONOPOLISED"));

      assertThat(finding.verdict()).isEqualTo("SUSPECTED");
      assertThat(finding.suspects()).first().asString().startsWith("HeldCarriers.awaitFlag(");
      assertThat(finding.threadNames()).containsExactly("spinner");
      end(app);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void aComputationThatAllocatesMonopolisesItsCarrier(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "compute")) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals("CARRIER_MONOPOLISED"));

      assertThat(finding.suspects())
          .anyMatch(frame -> frame.matches("HeldCarriers\\.(render|page)\\(.*"));
      end(app);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void whoWaitsForTheOnlyCarrierIsStarved(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "starved", oneCarrier())) {
      Report.Finding finding = app.awaitFinding(f -> f.isConfirmed("SCHEDULER_STARVED"));

      assertThat(finding.count()).isEqualTo(12);
      assertThat(finding.suspects()).first().asString().startsWith("HeldCarriers$Rates.load(");
      assertThat(finding.threadNames()).containsExactly("reader");
      end(app);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void whoWaitsForAComputationIsStarvedPerhaps(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "starved-by-work", oneCarrier())) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals("SCHEDULER_STARVED"));

      assertThat(finding.verdict()).isEqualTo("SUSPECTED");
      assertThat(finding.count()).isEqualTo(1);
      end(app);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void aBusyServerHoldsNothing(JdkUnderTest jdk) {
    isSilent(jdk, "busy");
    isSilent(jdk, "busy", oneCarrier());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithTheseBooks")
  void threadsThatHandEachOtherTheCarrierHoldNothing(JdkUnderTest jdk) {
    isSilent(jdk, "handing-over");
    isSilent(jdk, "handing-over", oneCarrier());
  }

  static List<JdkUnderTest> jdksWithTheseBooks() {
    return JdkUnderTest.all().stream().filter(jdk -> jdk.feature() >= 25).toList();
  }

  private static String[] oneCarrier() {
    return new String[] {
      "-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1"
    };
  }

  private static AgentProcess start(JdkUnderTest jdk, String how, String... jvmArgs) {
    return AgentJvm.on(jdk).options(OPTIONS).jvmArgs(jvmArgs).source(PROGRAM, how);
  }

  private static void isSilent(JdkUnderTest jdk, String how, String... jvmArgs) {
    try (AgentProcess app = start(jdk, how, jvmArgs)) {
      // Ten times as long as a held one takes to be reported.
      app.awaitReport(report -> report.jvm().uptimeSeconds() > 15);
      end(app);
      assertThat(app.findings())
          .as(app::transcript)
          .noneMatch(finding -> KINDS.contains(finding.kind()));
    }
  }

  private static void end(AgentProcess app) {
    app.sendLine("end");
    assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
    app.awaitReport(Report::isFinal);
  }
}
