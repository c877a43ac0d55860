package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LeakUntilTold;
import com.acme.programs.Ordinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Another agent weaves in the same JVM, ahead of ours or behind it: both do their work, and the application its own. */
class OtherAgentsIT {
  private static final String GUILTY =
      GuiltyLine.start("integration-tests/src/test/java", "com.acme.programs.LeakUntilTold.leak");

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void jacoco(JdkUnderTest jdk, Order order) throws IOException {
    try (AgentProcess app =
        order.add(jvm(jdk), jacoco("coverage.exec")).main(LeakUntilTold.class)) {
      assertLeakIsNamedAndExitIsOrdinary(app);
      Path coverage = app.folder().resolve("coverage.exec");
      assertThat(Files.readString(coverage, StandardCharsets.ISO_8859_1))
          .contains("com/acme/programs/LeakUntilTold");
    }
  }

  /** JaCoCo has an unnamed thread of its own, so that names shift: by the same whether ours is there or not. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  @EnabledIfSystemProperty(named = "leakwatch.safety", matches = "all")
  void namesOfThreadsAreAsWithJacocoAlone(JdkUnderTest jdk, Order order) {
    String[] jacoco = {jacoco("coverage.exec")};
    try (AgentProcess alone =
            AgentJvm.on(jdk).withoutAgent().jvmArgs(jacoco).main(Ordinary.class, "3");
        AgentProcess both = order.add(AgentJvm.on(jdk), jacoco).main(Ordinary.class, "3")) {
      assertThat(alone.awaitExit()).as(alone::transcript).isEqualTo(3);
      assertThat(both.awaitExit()).as(both::transcript).isEqualTo(3);
      assertThat(both.stdout()).as(both::transcript).isEqualTo(alone.stdout());
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  @EnabledIfSystemProperty(named = "leakwatch.safety", matches = "all")
  void openTelemetry(JdkUnderTest jdk, Order order) {
    String[] telemetry = {
      "-javaagent:" + Jars.of("io.opentelemetry.javaagent.OpenTelemetryAgent"),
      "-Dotel.traces.exporter=none",
      "-Dotel.logs.exporter=none",
      "-Dotel.metrics.exporter=console",
      "-Dotel.metric.export.interval=1000"
    };
    try (AgentProcess app = order.add(jvm(jdk), telemetry).main(LeakUntilTold.class)) {
      // What it measures of this JVM, by instrumentation of its own.
      app.awaitLine("jvm.thread.count");
      assertLeakIsNamedAndExitIsOrdinary(app);
    }
  }

  /** Where the other agent stands on the command line, which is the order in which they start. */
  enum Order {
    AHEAD_OF_OURS,
    BEHIND_OURS;

    AgentJvm add(AgentJvm jvm, String... args) {
      return this == AHEAD_OF_OURS ? jvm.jvmArgsAhead(args) : jvm.jvmArgs(args);
    }
  }

  static Stream<Arguments> runs() {
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> Stream.of(Order.values()).map(order -> Arguments.of(jdk, order)));
  }

  private static AgentJvm jvm(JdkUnderTest jdk) {
    return AgentJvm.on(jdk).options("interval=200ms,warmup=1s,report-interval=1s");
  }

  private static String jacoco(String file) {
    return "-javaagent:" + Jars.of("org.jacoco.agent.rt.RT") + "=destfile=" + file;
  }

  private static void assertLeakIsNamedAndExitIsOrdinary(AgentProcess app) {
    Report.Finding leak = app.awaitFinding(Report.Finding::isConfirmed);
    assertThat(leak.createdAt()).as(app::transcript).first().isEqualTo(GUILTY);

    app.sendLine("exit 3");
    assertThat(app.awaitExit()).as(app::transcript).isEqualTo(3);
    assertThat(app.stdout()).as(app::transcript).isEqualTo("hook has run to its end\n");
    assertThat(app.stderr())
        .as(app::transcript)
        .doesNotContain("\tat ", "is dead on", "failed", "not started");
    assertThat(app.awaitReport(Report::isFinal).agent().hookFailures()).isZero();
  }
}
