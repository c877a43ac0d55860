package io.leakwatch.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.Redaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingPartsTest {
  private static final Finding FINDING = FindingBuilder.executors()
      .suspects("com.acme.vault.Keys.open(Keys.java:42)")
      .createdAt(List.of("com.acme.vault.Keys.open(Keys.java:42)"))
      .summary("an executor made in Keys.open")
      .threadNames("customer 7 of ACME", "pool-1-thread-1")
      .build();

  @Test
  void hasTheBlockOfTheLogAndWhatItIsMadeOf() {
    Map<String, Object> parts =
        new FindingParts(FINDING.fingerprint()::equals, new Redaction(null)).of(FINDING);

    assertThat(parts)
        .containsEntry("fingerprint", FINDING.fingerprint())
        .containsEntry("kind", FINDING.kind().name())
        .containsEntry("known", "true")
        .containsEntry("threadNames", FINDING.threadNames());
    assertThat(parts.get("text")).asString().contains("customer 7 of ACME", "Keys.java:42");
  }

  @Test
  void whatIsRedactedIsInNoneOfThemAndTheFingerprintStays() {
    Redaction redaction =
        new Redaction(name -> name.startsWith("customer ") || name.startsWith("com.acme.vault."));

    Map<String, Object> parts = new FindingParts(name -> false, redaction).of(FINDING);

    assertThat(parts)
        .containsEntry("fingerprint", FINDING.fingerprint())
        .containsEntry("threadNames", List.of("[redacted]", "pool-1-thread-1"));
    assertThat(parts.toString()).doesNotContain("customer", "vault", "Keys");
  }
}
