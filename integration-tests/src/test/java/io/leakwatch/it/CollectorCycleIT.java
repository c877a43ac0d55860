package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.proof.KeptLatches;
import com.acme.proof.ManyVirtualThreads;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code prove --cycle}: what it proves, that it harms nothing, and where it is refused. */
class CollectorCycleIT {
  /** Otherwise no more threads need to end than happens to, while a few cycles run. */
  private static final boolean ALL = System.getProperty("leakwatch.proof", "").equals("all");

  private static final int CYCLES = ALL ? 10 : 2;

  @OnJdksWithVirtualThreads
  void provesWhatLeaksWithTheLineThatStartsItAndTellsTheAgent(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app =
        AgentJvm.on(jdk).sampleApp("wait-virtual", "--seconds", "300", "--rate", "5")) {
      Report.Finding leak =
          app.awaitFinding(finding -> finding.isConfirmed("WAIT_WITHOUT_TIMEOUT"));
      long before = app.reports().get(app.reports().size() - 1).threads().virtual();

      String guilty = GuiltyLine.start("sample-app/src/main/java", "com.acme.QuoteService.serve");
      try (ProveRun prove = ProveRun.of(app, "--cycle")) {
        JsonNode report = prove.report();
        JsonNode finding = report.get("findings").get(0);
        assertThat(report.get("proof").get("method").asText()).isEqualTo("COLLECTOR_CYCLE");
        assertThat(finding.get("verdict").asText()).isEqualTo("PROVEN");
        assertThat(texts(finding.get("suspects"))).first().isEqualTo(guilty);
        assertThat(texts(finding.get("agent").get("fingerprints"))).contains(leak.fingerprint());
        assertThat(finding.get("threads").asLong()).isGreaterThanOrEqualTo(before - 1);
        assertThat(prove.said()).contains("LEAK PROVEN", "created at  " + guilty);
      }

      // The JVM holds the first, in which classes were loaded.
      app.awaitFinding(finding -> finding.fingerprint().equals(leak.fingerprint())
          && finding.evidence().stream()
              .anyMatch(phrase ->
                  phrase.contains(" proven never to run again by the collector cycle of ")));
      assertThat(app.reports()).allMatch(report -> report.agent().hookFailures() == 0);
      assertThat(app.reports().get(app.reports().size() - 1).threads().virtual())
          .isGreaterThanOrEqualTo(before);
    }
  }

  /** Threads and executors that start and end meanwhile are none the worse, and none is lost or kept too long. */
  @OnJdksWithVirtualThreads
  void harmsNothingWhileManyThreadsStartAndEndAndExecutorsShutDown(JdkUnderTest jdk)
      throws IOException {
    try (AgentProcess app =
        AgentJvm.on(jdk).options("interval=1s").main(ManyVirtualThreads.class)) {
      app.awaitLine("made");
      app.awaitReport(report -> true);
      int cycles = 0;
      while (cycles < CYCLES || (ALL && !app.stdout().contains("many"))) {
        try (ProveRun prove = ProveRun.of(app, "--cycle")) {
          JsonNode findings = prove.report().get("findings");
          assertThat(findings).as(findings::toPrettyString).hasSize(1);
          assertThat(findings.get(0).get("threads").asInt())
              .as(findings::toPrettyString)
              .isEqualTo(ManyVirtualThreads.LEAKED);
          assertThat(texts(findings.get(0).get("threadNames")))
              .allMatch(name -> name.startsWith("leaked-"));
        }
        cycles++;
      }
      app.sendLine("stop");

      assertThat(app.awaitLine(" wrong")).isEqualTo("nothing is wrong");
      long told = app.reports().size();
      Report last = app.awaitReport(report -> report.sequence() > told + 1);
      assertThat(last.threads().virtual())
          .as("whoever has ended is gone, whoever has not is there")
          .isEqualTo(ManyVirtualThreads.LEAKED);
      assertThat(last.agent().hookFailures()).isZero();
      assertThat(last.findings()).noneMatch(finding -> finding.kind().equals("VANISHED_TASK"));
      app.sendLine("end");
      assertThat(app.awaitExit()).as(app::transcript).isZero();
    }
  }

  @OnEveryJdk
  void isRefusedByNameWhereItWouldShowNothing(JdkUnderTest jdk) {
    if (!jdk.hasVirtualThreads()) {
      refused(AgentJvm.on(jdk).jvmArgs("-XX:+UseSerialGC"), "has no virtual threads");
      return;
    }
    refused(AgentJvm.on(jdk).withoutAgent().jvmArgs("-XX:+UseZGC"), "its collector is ZGC");
    refused(
        AgentJvm.on(jdk).withoutAgent().jvmArgs("-XX:+UseSerialGC", "-XX:+DisableExplicitGC"),
        "-XX:+DisableExplicitGC");
    refused(
        AgentJvm.on(jdk).jvmArgs("-XX:+UseSerialGC", "-Djdk.trackAllThreads=false"),
        "jdk.trackAllThreads");
  }

  private static void refused(AgentJvm jvm, String reason) {
    try (AgentProcess app = jvm.main(KeptLatches.class)) {
      app.awaitLine("made");
      try (AgentProcess prove = ProveRun.command("" + app.pid(), "--cycle", "--yes")) {
        assertThat(prove.awaitExit()).as(prove::transcript).isEqualTo(1);
        assertThat(prove.stdout()).isEmpty();
        assertThat(prove.stderr().lines().filter(line -> !line.contains("of heap in use")))
            .singleElement()
            .satisfies(line -> assertThat(line).contains(reason));
      }
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
