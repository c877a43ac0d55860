package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProofReportBuilder;
import io.leakwatch.finding.ProvenFinding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTextTest {
  @Test
  void isWrittenLikeTheAgentsReport() {
    String text = new ProofText(false)
        .format(report(found(ProofLevel.PROVEN, true), found(ProofLevel.INTERRUPTIBLE, false)));

    assertThat(text).isEqualTo("""
        leakwatch proof of JVM 4711: 2 findings (1 proven, 1 interruptible)

        LEAK PROVEN     thread that never runs again                                 [7f3a9c21b0d4]
          3 threads, oldest 1m 1s
          suspect     com.acme.Orders.await(Orders.java:42)
          waiting in  CountDownLatch.await, no timeout, called from com.acme.Orders.await(Orders.java:42)
          evidence    nothing leads to it
          threads     orders-1, orders-2, orders-3
          fix         give it a timeout
          stack       sampled, one representative for 3
            waiting   com.acme.Orders.await(Orders.java:42)

        LEAK INTERRUPTIBLE  thread that never runs again (unconfirmed)               [7f3a9c21b0d4]
          3 threads, oldest 1m 1s
          suspect     com.acme.Orders.await(Orders.java:42)
          waiting in  CountDownLatch.await, no timeout, called from com.acme.Orders.await(Orders.java:42)
          evidence    nothing leads to it
          threads     orders-1, orders-2, orders-3
          fix         give it a timeout
          stack       sampled, one representative for 3
            waiting   com.acme.Orders.await(Orders.java:42)

        leakwatch: 20 platform + 30 virtual threads in the heap dump, 44 of 50 can run; they, static fields and native \
        code reach 1,234,567 of 2,000,000 objects; the others stood still for 1m 1s
        """);
  }

  @Test
  void saysWhenNothingIsFound() {
    assertThat(new ProofText(false).format(report()))
        .startsWith("leakwatch proof of JVM 4711: no findings\n\nleakwatch: 20 platform");
  }

  @Test
  void saysOfHowManyThreadsTheOwnerOfTheMonitorIsUnknownAndWhatWouldTell() {
    ProofText text = new ProofText(false);

    assertThat(
            text.format(new ProofReportBuilder().file("a.hprof").ownerUnknown(2).build()))
        .endsWith("leakwatch: nothing is said of 2 threads blocked at a monitor of which is not"
            + " known who holds it: a dump does not tell; prove PID asks the JVM, of virtual"
            + " threads by the agent in it (JDK 25 and newer)\n");
    assertThat(text.format(new ProofReportBuilder().ownerUnknown(1).build()))
        .endsWith(
            "leakwatch: nothing is said of 1 thread blocked at a monitor of which is not known"
                + " who holds it: of virtual threads the agent in the JVM tells, where there is one"
                + " (JDK 25 and newer)\n");
    assertThat(text.format(new ProofReportBuilder().build())).doesNotContain("monitor");
  }

  @Test
  void isAReportInJsonToo() throws Exception {
    JsonNode json = new ObjectMapper()
        .readTree(ProofJson.format(report(found(ProofLevel.INTERRUPTIBLE, false))));
    JsonNode finding = json.get("findings").get(0);

    assertThat(json.get("schema").asInt()).isEqualTo(1);
    assertThat(json.get("time").asText()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(json.get("jvm").get("pid").asLong()).isEqualTo(4711);
    assertThat(json.get("proof").get("confirmed").asBoolean()).isTrue();
    assertThat(json.get("proof").get("ownerUnknown").asLong()).isZero();
    assertThat(json.get("proof").get("reached").asLong()).isEqualTo(1_234_567);
    assertThat(finding.get("kind").asText()).isEqualTo("NEVER_RUNS_AGAIN");
    assertThat(finding.get("verdict").asText()).isEqualTo("SUSPECTED");
    assertThat(finding.get("state").asText()).isEqualTo("NEW");
    assertThat(finding.get("proof").asText()).isEqualTo("INTERRUPTIBLE");
    assertThat(finding.get("confirmed").asBoolean()).isFalse();
    assertThat(finding.get("threadNames")).hasSize(3);
  }

  private static ProofReport report(ProvenFinding... findings) {
    return new ProofReportBuilder().build(findings);
  }

  private static ProvenFinding found(ProofLevel level, boolean confirmed) {
    FindingBuilder finding = new FindingBuilder()
        .kind(FindingKind.NEVER_RUNS_AGAIN)
        .count(3)
        .threads(3)
        .growth(0, Duration.ZERO)
        .oldest(Duration.ofSeconds(61))
        .suspects("com.acme.Orders.await(Orders.java:42)")
        .headline("3 threads")
        .waiting(
            "CountDownLatch.await, no timeout, called from com.acme.Orders.await(Orders.java:42)")
        .evidence("nothing leads to it")
        .advice("give it a timeout")
        .threadNames("orders-1", "orders-2", "orders-3")
        .createdAt(List.of())
        .waitingAt(List.of("com.acme.Orders.await(Orders.java:42)"));
    return ProofReportBuilder.proven(finding, level, confirmed, 41L, 42L, 43L);
  }
}
