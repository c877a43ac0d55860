package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.AliveBefore;

/** The agent comes to a JVM that is already running. */
class AttachIT {
  @OnEveryJdk
  void listShowsARunningApplication(JdkUnderTest jdk) {
    try (AgentProcess app = running(jdk, "healthy");
        AgentProcess list = AgentJvm.on(jdk).withoutAgent().jar(AgentJvm.AGENT_JAR, "list")) {
      assertThat(list.awaitExit()).as(list::transcript).isEqualTo(0);
      assertThat(list.stdout().lines())
          .anySatisfy(line -> assertThat(line).contains("" + app.pid(), "sample-app.jar"));
    }
  }

  @OnEveryJdk
  void aLeakIsFoundAfterAnAttach(JdkUnderTest jdk) {
    String guiltyLine =
        GuiltyLine.wait("sample-app/src/main/java", "com.acme.OrderFeed.sendUntilEnd");
    try (AgentProcess app = running(jdk, "channel")) {
      attach(jdk, app, 0, "now watches");

      assertThat(app.awaitFinding(finding -> finding.isConfirmed("CHANNEL_NEVER_CLOSED"))
              .suspects())
          .startsWith(guiltyLine);
    }
  }

  @OnJdksWithVirtualThreads
  void aLeakOfVirtualThreadsIsFoundAfterAnAttach(JdkUnderTest jdk) {
    String guiltyLine =
        GuiltyLine.wait("sample-app/src/main/java", "com.acme.SettlementJob.closeBooks");
    try (AgentProcess app = running(jdk, "latch-virtual")) {
      attach(jdk, app, 0, "now watches");

      assertThat(app.awaitFinding(finding -> finding.isConfirmed("SIGNAL_NEVER_COMES"))
              .suspects())
          .startsWith(guiltyLine);
    }
  }

  @OnEveryJdk
  void anExecutorPerRequestIsFoundAfterAnAttach(JdkUnderTest jdk) {
    String guiltyLine = GuiltyLine.start("sample-app/src/main/java", "com.acme.PriceReport.serve");
    try (AgentProcess app = running(jdk, "executor")) {
      attach(jdk, app, 0, "now watches");

      assertThat(app.awaitFinding(finding -> finding.isConfirmed("EXECUTOR_NEVER_SHUT_DOWN"))
              .suspects())
          .startsWith(guiltyLine);
    }
  }

  @OnEveryJdk
  void threadsAndExecutorsThatWereAliveBeforeAreAdopted(JdkUnderTest jdk) {
    Report none = reportAfterAttach(jdk, "platform", "0", "0");
    Report some = reportAfterAttach(jdk, "platform", "7", "5");

    assertThat(some.executors().live() - none.executors().live()).isEqualTo(5);
    // Each pool has a worker.
    assertThat(some.threads().platform() - none.threads().platform()).isEqualTo(7 + 5);
  }

  @OnJdksWithVirtualThreads
  void virtualThreadsThatWereAliveBeforeAreCounted(JdkUnderTest jdk) {
    assertThat(reportAfterAttach(jdk, "virtual", "7", "0").threads().virtual()).isEqualTo(7);
  }

  @OnEveryJdk
  void attachingTwiceIsOneClearLineAndNoSecondAgent(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).sampleApp("healthy", "--seconds", "300")) {
      app.awaitReport(report -> true);
      attach(jdk, app, 1, "already");

      long before = app.reports().size();
      app.awaitReport(report -> report.sequence() > before);
      assertThat(app.reports()).extracting(Report::sequence).doesNotHaveDuplicates();
      assertThat(app.stderr().lines().filter(line -> line.contains("already")).toList())
          .as(app::transcript)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @OnEveryJdk
  void attachingToNoJvmIsOneClearLine(JdkUnderTest jdk) {
    try (AgentProcess attach =
        AgentJvm.on(jdk).withoutAgent().jar(AgentJvm.AGENT_JAR, "attach", "999999999")) {
      assertThat(attach.awaitExit()).as(attach::transcript).isEqualTo(1);
      assertThat(attach.stderr().lines())
          .singleElement()
          .satisfies(line -> assertThat(line).contains("999999999"));
    }
  }

  private static Report reportAfterAttach(JdkUnderTest jdk, String... alive) {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(AliveBefore.class, alive)) {
      app.awaitLine("ready");
      attach(jdk, app, 0, "now watches");
      return app.awaitReport(report -> report.threads().baseline() > 0);
    }
  }

  private static AgentProcess running(JdkUnderTest jdk, String scenario) {
    AgentProcess app =
        AgentJvm.on(jdk).withoutAgent().sampleApp(scenario, "--seconds", "300", "--rate", "5");
    app.awaitLine(scenario + ":");
    return app;
  }

  private static void attach(JdkUnderTest jdk, AgentProcess app, int status, String said) {
    String options = AgentJvm.QUICK + ",json=" + app.folder().resolve(AgentProcess.REPORTS);
    try (AgentProcess attach = AgentJvm.on(jdk)
        .withoutAgent()
        .jar(AgentJvm.AGENT_JAR, "attach", "" + app.pid(), options)) {
      assertThat(attach.awaitExit()).as(attach::transcript).isEqualTo(status);
      assertThat((attach.stdout() + attach.stderr()).lines())
          .as(attach::transcript)
          .singleElement()
          .satisfies(line -> assertThat(line).contains(said));
    }
  }
}
