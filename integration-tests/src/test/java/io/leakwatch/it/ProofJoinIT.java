package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.proof.KeptLatches;
import com.acme.proof.StuckMonitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** {@code prove} about a JVM in which the agent runs: each tells the other what it knows. */
class ProofJoinIT {
  private static final String SOURCES = "sample-app/src/main/java";

  @OnEveryJdk
  void executorsThatLeakAreProvenWithTheLineThatMakesThem(JdkUnderTest jdk) throws IOException {
    joins(
        jdk,
        "executor",
        "EXECUTOR_NEVER_SHUT_DOWN",
        GuiltyLine.start(SOURCES, "com.acme.PriceReport.serve"));
  }

  @OnEveryJdk
  @EnabledIfSystemProperty(named = "leakwatch.proof", matches = "all")
  void threadsThatLeakAreProvenWithTheLineThatStartsThem(JdkUnderTest jdk) throws IOException {
    joins(
        jdk,
        "wait",
        "WAIT_WITHOUT_TIMEOUT",
        GuiltyLine.start(SOURCES, "com.acme.QuoteService.serve"));
  }

  @OnJdksWithVirtualThreads
  void virtualThreadsThatLeakAreProvenWithTheLineThatStartsThem(JdkUnderTest jdk)
      throws IOException {
    joins(
        jdk,
        "wait-virtual",
        "WAIT_WITHOUT_TIMEOUT",
        GuiltyLine.start(SOURCES, "com.acme.QuoteService.serve"),
        "--twice");
  }

  /** Who holds a monitor that a virtual thread waits for, only the agent can say. */
  @OnJdksWithVirtualThreads
  void aVirtualThreadAtAMonitorIsProvenByWhatTheAgentKnows(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk).main(StuckMonitor.class)) {
      app.awaitLine("made");
      app.awaitReport(report -> true);
      try (ProveRun prove = ProveRun.of(app, "--min-age", "0s", "--twice")) {
        JsonNode findings = prove.report().get("findings");
        List<String> proven = StreamSupport.stream(findings.spliterator(), false)
            .filter(finding -> finding.get("verdict").asText().equals("PROVEN"))
            .flatMap(finding -> texts(finding.get("threadNames")).stream())
            .sorted()
            .toList();
        assertThat(proven)
            .as(findings::toPrettyString)
            .containsExactly("leaked-blocked", "leaked-holder");
      }
    }
  }

  /** What the application could still end is not proven, whatever the proof says of others. */
  @OnEveryJdk
  @EnabledIfSystemProperty(named = "leakwatch.proof", matches = "all")
  void whatIsNotProvenStaysConfirmed(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk).main(KeptLatches.class)) {
      Report.Finding leak = app.awaitFinding(Report.Finding::isConfirmed);
      try (ProveRun prove = ProveRun.of(app, "--min-age", "1s")) {
        prove.report();
      }
      long told = app.reports().size();
      app.awaitReport(report -> report.sequence() > told + 2);
      assertThat(app.findings())
          .filteredOn(finding -> finding.fingerprint().equals(leak.fingerprint()))
          .noneMatch(finding -> finding.verdict().equals("PROVEN"));
    }
  }

  private static void joins(
      JdkUnderTest jdk, String scenario, String kind, String guilty, String... more)
      throws IOException {
    try (AgentProcess app =
        AgentJvm.on(jdk).sampleApp(scenario, "--seconds", "300", "--rate", "5")) {
      Report.Finding leak = app.awaitFinding(finding -> finding.isConfirmed(kind));

      JsonNode proven;
      String[] options =
          Stream.concat(Stream.of("--min-age", "1s"), Arrays.stream(more)).toArray(String[]::new);
      try (ProveRun prove = ProveRun.of(app, options)) {
        JsonNode findings = prove.report().get("findings");
        proven = StreamSupport.stream(findings.spliterator(), false)
            .filter(finding -> finding.get("verdict").asText().equals("PROVEN"))
            .filter(finding -> texts(finding.get("createdAt")).contains(guilty))
            .findFirst()
            .orElseThrow(() -> new AssertionError(findings.toPrettyString()));
        assertThat(prove.said()).contains("created at  " + guilty);
      }
      assertThat(texts(proven.get("suspects"))).first().isEqualTo(guilty);
      assertThat(proven.get("agent").get("threads").asLong()).isPositive();
      assertThat(texts(proven.get("agent").get("fingerprints"))).contains(leak.fingerprint());
      assertThat(proven.get("oldestSeconds").asLong()).isPositive();

      Report.Finding upgraded = app.awaitFinding(finding ->
          finding.fingerprint().equals(leak.fingerprint()) && finding.verdict().equals("PROVEN"));
      assertThat(upgraded.evidence())
          .anyMatch(phrase -> phrase.contains("proven never to run again by the heap dump of"));
      assertThat(upgraded.kind()).isEqualTo(kind);
      assertThat(app.reports()).allMatch(report -> report.agent().hookFailures() == 0);
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
