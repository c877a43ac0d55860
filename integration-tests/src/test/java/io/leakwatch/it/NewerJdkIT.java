package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that use what 17 cannot compile: source files, run as {@code java Program.java} by the JDK under test. */
class NewerJdkIT {
  private static final Path PROGRAMS = Path.of("src/test/programs").toAbsolutePath();

  @OnJdksWithVirtualThreads
  void anExecutorOfVirtualThreadsPerRequestIsConfirmedWithItsLine(JdkUnderTest jdk) {
    String guiltyLine =
        GuiltyLine.start("integration-tests/src/test/programs", "ExecutorPerOrder.take");
    try (AgentProcess app = AgentJvm.on(jdk).source(PROGRAMS.resolve("ExecutorPerOrder.java"))) {
      assertThat(app.awaitFinding(finding -> finding.isConfirmed("EXECUTOR_NEVER_SHUT_DOWN"))
              .suspects())
          .as(app::transcript)
          .startsWith(guiltyLine);
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("jdksWithThisPreview")
  void structuredTaskScopesThatEndGetNoFinding(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .jvmArgs("--enable-preview", "--source", "" + jdk.feature())
        .source(PROGRAMS.resolve("ScopePerOrder.java"))) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).isEqualTo("160 orders taken\n");
      assertThat(app.findings()).as(app::transcript).isEmpty();
      assertThat(app.awaitReport(Report::isFinal).threads().startedTotal())
          .isGreaterThanOrEqualTo(320);
    }
  }

  static List<JdkUnderTest> jdksWithThisPreview() {
    return JdkUnderTest.all().stream().filter(jdk -> jdk.feature() == 25).toList();
  }
}
