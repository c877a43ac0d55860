package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample application's leaks are found, counted and traced to their lines; its healthy mode is left in peace. */
class SampleAppIT {
  private static final String SOURCES = "sample-app/src/main/java";
  private static final int SECONDS = 12;
  private static final int PER_SECOND = 5;
  private static final long LEAKED = SECONDS * PER_SECOND;

  /** What is younger than three samples is not counted yet; twice that time is allowed for a busy machine. */
  private static final long TOO_YOUNG = 3 * PER_SECOND;

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("leakingScenarios")
  void aLeakIsConfirmedWithItsCountAndTheVeryLine(
      JdkUnderTest jdk, String scenario, String kind, String method) {
    String guiltyLine = GuiltyLine.start(SOURCES, method);
    try (AgentProcess app = AgentJvm.on(jdk)
        .sampleApp(scenario, "--seconds", "" + SECONDS, "--rate", "" + PER_SECOND)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      Report last = app.awaitReport(Report::isFinal);
      assertThat(app.stdout()).contains(LEAKED + " requests served, " + LEAKED);
      assertThat(last.findings().stream().filter(Report.Finding::isConfirmed))
          .as(app::transcript)
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.count()).isBetween(LEAKED - TOO_YOUNG, LEAKED);
            assertThat(finding.suspects().get(0)).isEqualTo(guiltyLine);
          });
      assertThat(app.stderr()).contains("LEAK CONFIRMED", guiltyLine);
    }
  }

  static Stream<Arguments> leakingScenarios() {
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> Stream.of(
            Arguments.of(jdk, "executor", "EXECUTOR_NEVER_SHUT_DOWN", "com.acme.PriceReport.serve"),
            threads(jdk, "channel", "com.acme.OrderFeed.serve"),
            threads(jdk, "wait", "com.acme.QuoteService.serve"),
            threads(jdk, "latch", "com.acme.SettlementJob.serve"),
            threads(jdk, "channel-virtual", "com.acme.OrderFeed.serve"),
            threads(jdk, "wait-virtual", "com.acme.QuoteService.serve"),
            threads(jdk, "latch-virtual", "com.acme.SettlementJob.serve")))
        .filter(arguments -> !arguments.get()[1].toString().endsWith("-virtual")
            || ((JdkUnderTest) arguments.get()[0]).hasVirtualThreads());
  }

  @OnEveryJdk
  void aHealthyApplicationGetsNoFindingAtAll(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).sampleApp("healthy", "--seconds", "15", "--rate", "10")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      app.awaitReport(Report::isFinal);
      assertThat(app.findings()).as(app::transcript).isEmpty();
      assertThat(app.stderr()).doesNotContain("LEAK");
    }
  }

  private static Arguments threads(JdkUnderTest jdk, String scenario, String method) {
    return Arguments.of(jdk, scenario, "THREAD_GROWTH", method);
  }
}
