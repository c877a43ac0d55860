package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual threads that the garbage collector took before they had ended are counted, never too many. */
class VanishedTaskIT {
  private static final Path PROGRAM =
      Path.of("src/test/programs/VanishingThreads.java").toAbsolutePath();
  private static final int ORDERS = 1_000;

  /** The last ones may be in a slot of the scheduler's queue that nothing has been written over. */
  private static final int STRAGGLERS = 20;

  @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
  @MethodSource("collectors")
  void tasksOnDroppedExecutorsAreProven(JdkUnderTest jdk, String collector) {
    try (AgentProcess app = on(jdk).jvmArgs(collector).source(PROGRAM, "executed")) {
      isProven(app, "VanishingThreads.executeOrder(");
    }
  }

  @OnJdksWithVirtualThreads
  void submittedTasksAreProven(JdkUnderTest jdk) {
    try (AgentProcess app = on(jdk).source(PROGRAM, "submitted")) {
      isProven(app, "VanishingThreads.submitOrder(");
    }
  }

  @OnJdksWithVirtualThreads
  void whatTheJdkDoesNotTrackIsProven(JdkUnderTest jdk) {
    try (AgentProcess app =
        on(jdk).jvmArgs("-Djdk.trackAllThreads=false").source(PROGRAM, "untracked")) {
      isProven(app, "VanishingThreads.startOrder(");
    }
  }

  /** With the JDK tracking them, threads without an executor are alive for good, and are a leak of the ordinary kind. */
  @OnJdksWithVirtualThreads
  void whatTheJdkTracksIsAlive(JdkUnderTest jdk) {
    try (AgentProcess app = on(jdk).source(PROGRAM, "untracked")) {
      app.awaitReport(report -> report.jvm().uptimeSeconds() > 8);
      end(app);
      assertThat(app.findings()).as(app::transcript).noneMatch(VanishedTaskIT::isVanished);
    }
  }

  @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
  @MethodSource("healthy")
  void healthyThreadsNeverVanish(JdkUnderTest jdk, String tracking) {
    try (AgentProcess app = on(jdk).jvmArgs(tracking).source(PROGRAM, "healthy")) {
      app.awaitReport(report -> report.jvm().uptimeSeconds() > 15);
      end(app);
      assertThat(app.findings()).as(app::transcript).noneMatch(VanishedTaskIT::isVanished);
    }
  }

  static Stream<Arguments> collectors() {
    return JdkUnderTest.withVirtualThreads().stream()
        .flatMap(jdk -> Stream.of("Serial", "Parallel", "G1", "Z")
            .map(collector -> Arguments.of(jdk, "-XX:+Use" + collector + "GC")));
  }

  static Stream<Arguments> healthy() {
    return JdkUnderTest.withVirtualThreads().stream()
        .flatMap(jdk -> Stream.of("true", "false")
            .map(tracks -> Arguments.of(jdk, "-Djdk.trackAllThreads=" + tracks)));
  }

  private static AgentJvm on(JdkUnderTest jdk) {
    return AgentJvm.on(jdk).options("interval=200ms,warmup=1s,report-interval=1s");
  }

  private static void isProven(AgentProcess app, String maker) {
    Report.Finding finding =
        app.awaitFinding(f -> isVanished(f) && f.count() >= ORDERS - STRAGGLERS);
    end(app);

    assertThat(finding.verdict()).isEqualTo("PROVEN");
    assertThat(finding.suspects()).first().asString().startsWith(maker);
    assertThat(app.reports()).as(app::transcript).allSatisfy(report -> {
      long vanished = report.findings().stream()
          .filter(VanishedTaskIT::isVanished)
          .mapToLong(Report.Finding::count)
          .sum();
      assertThat(vanished).isLessThanOrEqualTo(ORDERS);
    });
    assertThat(app.stdout()).as("and they did not end").doesNotContain("finally");
  }

  private static boolean isVanished(Report.Finding finding) {
    return finding.kind().equals("VANISHED_TASK");
  }

  private static void end(AgentProcess app) {
    app.sendLine("end");
    assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
  }
}
