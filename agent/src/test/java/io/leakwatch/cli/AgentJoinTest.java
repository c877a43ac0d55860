package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.cli.FakeAttach.FakeJvm;
import io.leakwatch.config.NamePattern;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.KnownThreads;
import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProofReportBuilder;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.report.OriginsJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent in the target adds to a proof, and what it is told. */
class AgentJoinTest {
  private static final List<String> QUOTES = List.of("com.acme.Quotes.load(Quotes.java:42)");
  private static final List<String> ORDERS = List.of("com.acme.Orders.take(Orders.java:7)");
  private static final List<ThreadOrigin> ORIGINS = List.of(
      new ThreadOrigin(
          List.of(41L), Duration.ofSeconds(7), ORDERS, ORDERS, null, List.of("aaaaaaaaaaaa")),
      new ThreadOrigin(
          List.of(42L, 43L),
          Duration.ofSeconds(700),
          QUOTES,
          QUOTES,
          new ThreadOrigin.Executor("executor", ORDERS, ORDERS),
          List.of()));

  private final FakeAttach attach = new FakeAttach();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeJvm jvm = attach.add(4711, "com.acme.Main");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void siteAgeAndExecutorAreAddedToTheThreadsOfTheSameNumbers() {
    runs("1.2.3");
    jvm.answers.put("proof", "ok\n" + OriginsJson.format(ORIGINS));

    ProvenFinding joined = join(FindingKind.NEVER_RUNS_AGAIN, 41L, 42L, 43L, 44L);

    Finding finding = joined.tracked().finding();
    assertThat(finding.createdAt()).isEqualTo(QUOTES);
    assertThat(finding.suspects()).startsWith(QUOTES.get(0));
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(700));
    assertThat(finding.evidence())
        .endsWith(
            "the agent knows 3 of 4 threads",
            "1 of them made at com.acme.Orders.take(Orders.java:7)",
            "2 of them work for an executor made at com.acme.Orders.take(Orders.java:7)",
            "part of the agent's finding aaaaaaaaaaaa");
    assertThat(joined.known())
        .isEqualTo(new KnownThreads(
            3,
            List.of("aaaaaaaaaaaa"),
            List.of(new ThreadOrigin.Executor("executor", ORDERS, ORDERS))));
    assertThat(said()).isEmpty();
  }

  @Test
  void whatTheAgentRedactsIsRedactedInTheProofToo() throws Exception {
    assertThat(join().redacted(jvm)).isEmpty();
    jvm.properties.setProperty("leakwatch.redact", "customer-*;com.acme.vault.*");

    assertThat(join().redacted(jvm))
        .containsExactly(new NamePattern("customer-*"), new NamePattern("com.acme.vault.*"));
  }

  @Test
  void ofExecutorsThatLeakItIsTheirSiteThatCounts() {
    runs("1.2.3");
    jvm.answers.put("proof", "ok\n" + OriginsJson.format(ORIGINS));

    Finding finding =
        join(FindingKind.EXECUTOR_NEVER_SHUT_DOWN, 42L, 43L).tracked().finding();

    assertThat(finding.createdAt()).isEqualTo(ORDERS);
  }

  @Test
  void aThreadOfAnotherNumberGetsNothing() {
    runs("1.2.3");
    jvm.answers.put("proof", "ok\n" + OriginsJson.format(ORIGINS));

    Finding finding = join(FindingKind.NEVER_RUNS_AGAIN, 40L).tracked().finding();

    assertThat(finding.createdAt()).isEmpty();
    assertThat(finding.evidence()).endsWith("the agent knows 0 of 1 thread");
  }

  @Test
  void theAgentIsToldOfWhatIsProvenAndAskedOfTheRest() throws Exception {
    runs("1.2.3");
    jvm.answers.put("proof", "ok\n" + OriginsJson.format(List.of()));
    Path kept = folder.resolve("kept");
    ProofReport report = report(
        found(FindingKind.NEVER_RUNS_AGAIN, ProofLevel.PROVEN, true, 43L, 44L),
        found(FindingKind.DEADLOCK, ProofLevel.ORPHAN_LOCK, true, 7L),
        found(FindingKind.NEVER_RUNS_AGAIN, ProofLevel.PROVEN, false, 50L),
        found(FindingKind.NEVER_RUNS_AGAIN, ProofLevel.INTERRUPTIBLE, true, 60L));

    try (DumpFolder dumps = DumpFolder.in(folder, stream())) {
      join().join(jvm, 4711, report, dumps);
      Files.copy(dumps.file("proof.txt"), kept);
    }

    assertThat(ProofMessage.read(kept.toString()))
        .isEqualTo(new ProofMessage(
            ProofReportBuilder.TIME,
            70,
            80,
            List.of(7L, 43L, 44L),
            List.of(7L, 43L, 44L, 50L, 60L)));
  }

  @Test
  void withoutAnAgentTheProofIsAsItWasAndNothingIsSaid() throws IOException {
    ProofReport report = report(found(FindingKind.NEVER_RUNS_AGAIN, ProofLevel.PROVEN, true, 41L));
    try (DumpFolder dumps = DumpFolder.in(folder, stream())) {
      assertThat(join().join(jvm, 4711, report, dumps)).isSameAs(report);
    }
    assertThat(said()).isEmpty();
  }

  @Test
  void whateverStandsInTheWayIsOneLine() {
    runs("1.2.2");
    assertRefused("Leakwatch 1.2.2 runs there, and this is 1.2.3");
    runs("1.2.3");
    jvm.answers.put("proof", "failed\nno such file");
    assertRefused("no such file");
    jvm.answers.put("proof", "ok\n{");
    assertRefused("expected '\"' at character 2");
    jvm.endsWhenAsked = true;
    assertRefused("JVM 4711 has ended");
  }

  @Test
  void aMessageThatIsNoneOrDamagedIsRefused() throws IOException {
    Path file = folder.resolve("message");
    new ProofMessage(ProofReportBuilder.TIME, 1, 2, List.of(1L), List.of(1L, 2L)).write(file);
    String text = Files.readString(file);

    Files.writeString(file, "hello\n");
    assertThatThrownBy(() -> ProofMessage.read(file.toString()))
        .hasMessage("\"" + file + "\" tells of no proof");
    Files.writeString(file, text.substring(0, text.length() - 1));
    assertThatThrownBy(() -> ProofMessage.read(file.toString()))
        .hasMessage("a proof's message is cut off");
    Files.writeString(file, text.replace("1-2", "2-1"));
    assertThatThrownBy(() -> ProofMessage.read(file.toString()))
        .hasMessage("\"" + file + "\" is damaged: numbers must ascend: \"2-1\"");
  }

  private void runs(String version) {
    jvm.properties.setProperty(AgentProperties.VERSION, version);
    jvm.properties.setProperty(AgentProperties.JAR, "/opt/its.jar");
  }

  private void assertRefused(String reason) {
    err.reset();
    ProvenFinding found = join(FindingKind.NEVER_RUNS_AGAIN, 41L);
    assertThat(found.known()).isNull();
    assertThat(said())
        .isEqualTo("leakwatch: what the agent in JVM 4711 knows is left out,"
            + " and it does not learn of this proof: " + reason + System.lineSeparator());
  }

  private ProvenFinding join(FindingKind kind, Long... threads) {
    ProofReport report = report(found(kind, ProofLevel.PROVEN, true, threads));
    try (DumpFolder dumps = DumpFolder.in(folder, stream())) {
      return join().join(jvm, 4711, report, dumps).findings().get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private AgentJoin join() {
    return new AgentJoin("/opt/ours.jar", "1.2.3", new Patience(Duration.ofMinutes(1)), stream());
  }

  private PrintStream stream() {
    return new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static ProofReport report(ProvenFinding... findings) {
    return new ProofReportBuilder().build(findings);
  }

  private static ProvenFinding found(
      FindingKind kind, ProofLevel level, boolean confirmed, Long... threads) {
    FindingBuilder finding =
        new FindingBuilder().kind(kind).createdAt(List.of()).oldest(Duration.ZERO);
    return ProofReportBuilder.proven(finding, level, confirmed, threads);
  }
}
