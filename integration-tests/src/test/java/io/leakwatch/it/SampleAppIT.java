package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The sample application's leaks are found, counted and traced to their lines; its healthy mode is left in peace. */
class SampleAppIT {
  private static final String SOURCES = "sample-app/src/main/java";
  private static final int SECONDS = 12;
  private static final int PER_SECOND = 5;
  private static final long LEAKED = SECONDS * PER_SECOND;

  /** What is younger than three samples is not counted yet; twice that time is allowed for a busy machine. */
  private static final long TOO_YOUNG = 3 * PER_SECOND;

  @OnEveryJdk
  void anExecutorPerRequestIsConfirmed(JdkUnderTest jdk) {
    assertConfirmed(
        AgentJvm.on(jdk),
        "executor",
        "EXECUTOR_NEVER_SHUT_DOWN",
        GuiltyLine.start(SOURCES, "com.acme.PriceReport.serve"));
  }

  @OnEveryJdk
  void aConsumerOfAChannelThatNobodyClosesIsConfirmed(JdkUnderTest jdk) {
    assertThreadLeak(
        jdk,
        "channel",
        "CHANNEL_NEVER_CLOSED",
        "com.acme.OrderFeed.serve",
        "com.acme.OrderFeed.sendUntilEnd");
  }

  @OnEveryJdk
  void aWaitThatNobodyEndsIsConfirmed(JdkUnderTest jdk) {
    assertThreadLeak(
        jdk,
        "wait",
        "WAIT_WITHOUT_TIMEOUT",
        "com.acme.QuoteService.serve",
        "com.acme.QuoteService.show");
  }

  @OnEveryJdk
  void aLatchWhoseCountDownIsMissingIsConfirmed(JdkUnderTest jdk) {
    assertThreadLeak(
        jdk,
        "latch",
        "SIGNAL_NEVER_COMES",
        "com.acme.SettlementJob.serve",
        "com.acme.SettlementJob.closeBooks");
  }

  @OnJdksWithVirtualThreads
  void aVirtualConsumerOfAChannelThatNobodyClosesIsConfirmed(JdkUnderTest jdk) {
    assertThreadLeak(
        jdk,
        "channel-virtual",
        "CHANNEL_NEVER_CLOSED",
        "com.acme.OrderFeed.serve",
        "com.acme.OrderFeed.sendUntilEnd");
  }

  @OnJdksWithVirtualThreads
  void aVirtualWaitThatNobodyEndsIsConfirmed(JdkUnderTest jdk) {
    assertThreadLeak(
        jdk,
        "wait-virtual",
        "WAIT_WITHOUT_TIMEOUT",
        "com.acme.QuoteService.serve",
        "com.acme.QuoteService.show");
  }

  @OnJdksWithVirtualThreads
  void aVirtualLatchWhoseCountDownIsMissingIsConfirmed(JdkUnderTest jdk) {
    assertThreadLeak(
        jdk,
        "latch-virtual",
        "SIGNAL_NEVER_COMES",
        "com.acme.SettlementJob.serve",
        "com.acme.SettlementJob.closeBooks");
  }

  @OnJdksWithVirtualThreads
  void virtualThreadsThatTheJdkDoesNotTrackAreFoundAllTheSame(JdkUnderTest jdk) {
    // Without a collector: it would take them, and they would be vanished tasks.
    AgentJvm untracking = AgentJvm.on(jdk)
        .jvmArgs(
            "-Djdk.trackAllThreads=false",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-Xmx2g");
    assertConfirmed(
        untracking,
        "latch-virtual",
        "SIGNAL_NEVER_COMES",
        GuiltyLine.wait(SOURCES, "com.acme.SettlementJob.closeBooks"));
  }

  @OnEveryJdk
  void aFastLeakIsOneFindingWithAllThatLeaked(JdkUnderTest jdk) {
    String guiltyLine = GuiltyLine.start(SOURCES, "com.acme.PriceReport.serve");
    try (AgentProcess app =
        AgentJvm.on(jdk).sampleApp("executor", "--seconds", "10", "--rate", "200")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      assertThat(app.awaitReport(Report::isFinal).findings())
          .as(app::transcript)
          .filteredOn(Report.Finding::isConfirmed)
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.suspects()).startsWith(guiltyLine);
            assertThat(finding.count()).isBetween(1_400L, 2_000L);
          });
    }
  }

  @OnEveryJdk
  void aSlowTaskIsSuspectedWhileItRunsAndSaidToHaveEnded(JdkUnderTest jdk) {
    String slowLine = GuiltyLine.wait(SOURCES, "com.acme.YearlyReport.writeYear");
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("slow-task=1s")
        .sampleApp("slow", "--seconds", "20", "--rate", "1")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      List<Report.Finding> slow = app.findings().stream()
          .filter(finding -> finding.kind().equals("SLOW_TASK"))
          .toList();
      assertThat(slow).as(app::transcript).isNotEmpty().allSatisfy(finding -> {
        assertThat(finding.suspects()).startsWith(slowLine);
        assertThat(finding.verdict()).isEqualTo("SUSPECTED");
      });
      assertThat(slow).extracting(Report.Finding::state).contains("NEW", "RESOLVED");
      assertThat(app.stderr()).doesNotContain("LEAK CONFIRMED");
    }
  }

  @OnEveryJdk
  void aDeadlockIsProvenWithBothLines(JdkUnderTest jdk) {
    assertDeadlock(jdk, "deadlock");
  }

  @OnJdksWithVirtualThreads
  void aDeadlockOfVirtualThreadsIsProvenWithBothLines(JdkUnderTest jdk) {
    assertDeadlock(jdk, "deadlock-virtual");
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

  private static void assertDeadlock(JdkUnderTest jdk, String scenario) {
    String seller =
        GuiltyLine.marked(SOURCES, "com.acme.Warehouse.sell", "// deadlock: waits for the stock");
    String buyer = GuiltyLine.marked(
        SOURCES, "com.acme.Warehouse.refill", "// deadlock: waits for the orders");
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("fail-on=proven")
        .sampleApp(scenario, "--seconds", "8", "--rate", "0.125")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(86);

      Report last = app.awaitReport(Report::isFinal);
      assertThat(last.findings()).as(app::transcript).singleElement().satisfies(finding -> {
        assertThat(finding.kind()).isEqualTo("DEADLOCK");
        assertThat(finding.verdict()).isEqualTo("PROVEN");
        assertThat(finding.count()).isEqualTo(2);
        assertThat(finding.suspects()).containsExactlyInAnyOrder(seller, buyer);
      });
      assertThat(app.stderr())
          .contains("LEAK PROVEN     deadlock", seller, buyer)
          .containsPattern("thread \\S+ waits for ReentrantLock@[0-9a-f]+ held by \\S+");
    }
  }

  /** The line that waits comes first, then the one that started the thread. */
  private static void assertThreadLeak(
      JdkUnderTest jdk, String scenario, String kind, String startedBy, String waitsIn) {
    String waits = GuiltyLine.wait(SOURCES, waitsIn);
    Report.Finding finding = assertConfirmed(AgentJvm.on(jdk), scenario, kind, waits);
    assertThat(finding.waitingAt()).contains(waits);
    assertThat(finding.suspects()).element(1).isEqualTo(GuiltyLine.start(SOURCES, startedBy));
  }

  /** Exactly one finding is confirmed, with its count and the very line, in JSON and in text. */
  private static Report.Finding assertConfirmed(
      AgentJvm jvm, String scenario, String kind, String guiltyLine) {
    try (AgentProcess app =
        jvm.sampleApp(scenario, "--seconds", "" + SECONDS, "--rate", "" + PER_SECOND)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).contains(LEAKED + " requests served, " + LEAKED);
      assertThat(app.stderr()).as(app::transcript).contains("LEAK CONFIRMED", guiltyLine);

      Report last = app.awaitReport(Report::isFinal);
      List<Report.Finding> confirmed =
          last.findings().stream().filter(Report.Finding::isConfirmed).toList();
      assertThat(confirmed).as(app::transcript).singleElement().satisfies(finding -> {
        assertThat(finding.kind()).isEqualTo(kind);
        assertThat(finding.count()).isBetween(LEAKED - TOO_YOUNG, LEAKED);
        assertThat(finding.suspects().get(0)).isEqualTo(guiltyLine);
      });
      return confirmed.get(0);
    }
  }
}
