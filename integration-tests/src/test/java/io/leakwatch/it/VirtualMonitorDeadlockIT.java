package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deadlocks over monitors that virtual threads are in, of which the JVM's own search knows nothing. */
class VirtualMonitorDeadlockIT {
  private static final String OFTEN = "interval=200ms,warmup=1s";
  private static final Path PROGRAM =
      Path.of("src/test/programs/CrossedVirtualThreads.java").toAbsolutePath();

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithSnapshots")
  void twoVirtualThreadsAreConfirmedWithTheirLines(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "virtual")) {
      Report.Finding finding = app.awaitFinding(f -> f.isConfirmed("DEADLOCK"));

      assertThat(finding.threadNames()).containsExactlyInAnyOrder("seller", "buyer");
      assertThat(finding.suspects())
          .hasSize(2)
          .anyMatch(frame -> frame.startsWith("CrossedVirtualThreads.sell("))
          .anyMatch(frame -> frame.startsWith("CrossedVirtualThreads.refill("));
      end(app);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithSnapshots")
  void oneWithAPlatformThreadIsProven(JdkUnderTest jdk) {
    isProven(jdk, "mixed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithSnapshots")
  void oneWithALockIsProven(JdkUnderTest jdk) {
    isProven(jdk, "lock");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithSnapshots")
  void threadsThatContendAreInNoDeadlockAndGoOn(JdkUnderTest jdk) {
    try (AgentProcess app = start(jdk, "contended");
        AgentProcess storm =
            AgentJvm.on(jdk).options(OFTEN).source(PROGRAM.resolveSibling("MonitorStorm.java"))) {
      app.awaitReport(report -> report.jvm().uptimeSeconds() > 12);
      storm.awaitReport(report -> report.jvm().uptimeSeconds() > 12);
      end(app);
      end(storm);
      assertThat(storm.stdout()).isEqualTo("0 of 400 are stuck\n");
      for (AgentProcess each : List.of(app, storm)) {
        assertThat(each.findings())
            .as(each::transcript)
            .noneMatch(finding -> finding.kind().equals("DEADLOCK"));
      }
    }
  }

  /** The JVM's snapshots wait for ever then. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("jdksWithSnapshots")
  void nothingIsSaidWhereTheJvmTellsNobodyOfMounts(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .jvmArgs("-XX:+UnlockExperimentalVMOptions", "-XX:-DoJVMTIVirtualThreadTransitions")
        .source(PROGRAM, "virtual")) {
      app.awaitReport(report -> report.jvm().uptimeSeconds() > 12);
      end(app);
      assertThat(app.findings())
          .as(app::transcript)
          .noneMatch(finding -> finding.kind().equals("DEADLOCK"));
    }
  }

  static List<JdkUnderTest> jdksWithSnapshots() {
    return JdkUnderTest.all().stream().filter(jdk -> jdk.feature() >= 25).toList();
  }

  private static void isProven(JdkUnderTest jdk, String how) {
    try (AgentProcess app = start(jdk, how)) {
      Report.Finding finding =
          app.awaitFinding(f -> f.kind().equals("DEADLOCK") && f.verdict().equals("PROVEN"));

      assertThat(finding.threadNames()).containsExactlyInAnyOrder("seller", "buyer");
      end(app);
    }
  }

  private static AgentProcess start(JdkUnderTest jdk, String how) {
    return AgentJvm.on(jdk).options(OFTEN).source(PROGRAM, how);
  }

  private static void end(AgentProcess app) {
    app.sendLine("end");
    assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
    app.awaitReport(Report::isFinal);
  }
}
