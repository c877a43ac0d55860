package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** An agent that is asked for more than it may use slows down, says so once, and goes on. */
class CpuBudgetIT {
  private static final Path PROGRAM =
      Path.of("src/test/programs/ManyThreads.java").toAbsolutePath();

  @OnEveryJdk
  void samplesComeLessOftenWhenTheyCostTooMuch(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).options("interval=100ms,warmup=1s").source(PROGRAM, "1500")) {
      String line = app.awaitLine("samples are taken less often");
      Report then = app.awaitReport(report -> report.jvm().uptimeSeconds() > 30);
      app.awaitReport(report -> report.sequence() > then.sequence());
      app.sendLine("end");
      assertThat(app.awaitExit()).as(app::transcript).isZero();

      assertThat(line).matches(".*has used [0-9.]+ % of one core for 30s: .*");
      assertThat(app.stderr()).containsOnlyOnce("samples are taken less often");
    }
  }
}
