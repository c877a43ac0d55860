package io.leakwatch.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.config.NamePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void aNameThatMatchesIsTakenOutAsAWhole() {
    assertThat(redacted("customer-*", "customer-4711 of ACME worker")).isEqualTo("[redacted]");
    assertThat(redacted("customer-*", "worker-1")).isEqualTo("worker-1");
  }

  @Test
  void aFrameIsTakenOutByItsClassAndMethodOrAsWritten() {
    String frame = "com.acme.vault.Keys.open(Keys.java:42)";
    assertThat(redacted("com.acme.vault.*", frame)).isEqualTo("[redacted]");
    assertThat(redacted("com.acme.vault.Keys.open", frame)).isEqualTo("[redacted]");
    assertThat(redacted("*Keys.java*", frame)).isEqualTo("[redacted]");
    assertThat(redacted("com.acme.Quotes.*", frame)).isEqualTo(frame);
  }

  @Test
  void inASentenceTheWordIsTakenOutAndItsPunctuationStays() {
    assertThat(
            redacted(
                "com.acme.vault.*;customer-*",
                "143 threads of com.acme.vault.Keys$1, made in com.acme.vault.Keys.open(Keys.java:42): customer-7."))
        .isEqualTo("143 threads of [redacted], made in [redacted]: [redacted].");
  }

  @Test
  void noPatternMatchesNothing() {
    assertThat(redacted("", "$1 \\ {} (a) [b]")).isEqualTo("$1 \\ {} (a) [b]");
  }

  @Test
  void everyTextOfAFindingIsCoveredAndTheFingerprintStays() {
    String frame = "com.acme.vault.Keys.open(Keys.java:42)";
    Finding finding = FindingBuilder.executors()
        .suspects(frame)
        .summary("7 threads of vault 7 started in Keys.open wait in Keys$Lock.take")
        .headline("7 threads of com.acme.vault.Keys")
        .waiting("CountDownLatch.await, called from " + frame)
        .evidence("vault 7 has done nothing for 60 s", "made by " + frame)
        .threadNames("vault 7", "other")
        .createdAt(List.of(frame))
        .waitingAt(List.of(frame))
        .stacks(
            new StackGroup(7, "7 threads of com.acme.vault.Keys", List.of(frame), List.of(frame)))
        .build();
    Finding redacted = new Redaction(name -> name.contains("vault"))
        .of(new TrackedFinding(finding, Verdict.CONFIRMED, FindingState.NEW, Instant.EPOCH, false))
        .finding();
    assertThat(finding.toString()).contains("vault");
    assertThat(redacted.toString()).doesNotContain("vault", "Keys").contains(Redaction.MARK);
    assertThat(redacted.fingerprint()).isEqualTo(finding.fingerprint());
    assertThat(redacted.count()).isEqualTo(finding.count());
  }

  @Test
  void whatIsToldOfThreadsToAProofIsCoveredAndTheirNumbersStay() {
    String frame = "com.acme.vault.Keys.open(Keys.java:42)";
    ThreadOrigin origin = new ThreadOrigin(
        List.of(7L, 8L),
        Duration.ofSeconds(5),
        List.of(frame),
        List.of("com.acme.Shop.sell(Shop.java:1)", frame),
        new ThreadOrigin.Executor("executor", List.of(frame), List.of(frame)),
        List.of("7f3a9c21b0d4"));
    ThreadOrigin redacted = new Redaction(name -> name.contains("vault")).of(origin);
    assertThat(redacted.toString())
        .contains("com.acme.Shop.sell", "[7, 8]", "PT5S", "7f3a9c21b0d4", Redaction.MARK)
        .doesNotContain("vault", "Keys");
    assertThat(new Redaction(null).of(origin)).isEqualTo(origin);
  }

  @Test
  void everyTextOfAProofIsCovered() {
    String frame = "com.acme.vault.Keys.open(Keys.java:42)";
    Finding finding = FindingBuilder.executors()
        .suspects(frame)
        .threadNames("vault 7")
        .evidence("2 of them made at " + frame)
        .createdAt(List.of(frame))
        .waitingAt(List.of(frame))
        .build();
    ProofReport proof = new ProofReportBuilder()
        .build(new ProvenFinding(
            new TrackedFinding(finding, Verdict.PROVEN, FindingState.NEW, Instant.EPOCH, false),
            ProofLevel.PROVEN,
            true,
            List.of("vault 7"),
            List.of(7L),
            new KnownThreads(
                1,
                List.of(),
                List.of(new ThreadOrigin.Executor("executor", List.of(frame), List.of(frame))))));
    ProofReport redacted = new Redaction(name -> name.contains("vault")).of(proof);
    assertThat(proof.toString()).contains("vault");
    assertThat(redacted.toString()).doesNotContain("vault", "Keys").contains(Redaction.MARK);
  }

  private static String redacted(String patterns, String text) {
    List<NamePattern> list = NamePattern.listOf(patterns);
    return new Redaction(name -> NamePattern.anyMatches(list, name)).text(text);
  }
}
