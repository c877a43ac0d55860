package io.leakwatch.detect;

import static io.leakwatch.detect.HeldLocks.held;
import static io.leakwatch.detect.HeldLocks.history;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.HeldLock.Wait;
import io.leakwatch.sample.SampleHistory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlockDetectorTest {
  private static final HeldLock ORDERS = held(1, "seller", 2, 11, "sell");
  private static final HeldLock STOCK = held(2, "buyer", 1, 12, "refill");
  private static final List<HeldLock> CIRCLE = List.of(ORDERS, STOCK);

  private final DeadlockDetector detector = new DeadlockDetector(name -> true);

  @Test
  void saysWhatItKnows() {
    List<Finding> findings = detector.detect(history(CIRCLE, CIRCLE, CIRCLE));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.opens()).isTrue();
    assertThat(finding.count()).isEqualTo(2);
    assertThat(finding.threads()).isEqualTo(2);
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(20));
    assertThat(finding.suspects())
        .containsExactly(
            "com.acme.Warehouse.sell(Warehouse.java:40)",
            "com.acme.Warehouse.refill(Warehouse.java:40)");
    assertThat(finding.headline()).isEqualTo("2 threads wait for each other's locks");
    assertThat(finding.summary())
        .isEqualTo("2 threads wait for each other's locks in Warehouse.sell");
    assertThat(finding.waiting())
        .isEqualTo(
            "ReentrantLock.lock, no timeout, called from com.acme.Warehouse.sell(Warehouse.java:40)");
    assertThat(finding.evidence())
        .containsExactly(
            "seller holds ReentrantLock@1 and waits for ReentrantLock@2",
            "buyer holds ReentrantLock@2 and waits for ReentrantLock@1",
            "the same waits at each sample for 20s");
    assertThat(finding.threadNames()).containsExactly("seller", "buyer");
    assertThat(finding.stacks())
        .containsExactly(
            new StackGroup(
                1,
                "thread seller waits for ReentrantLock@2 held by buyer",
                List.of(),
                stack("sell")),
            new StackGroup(
                1,
                "thread buyer waits for ReentrantLock@1 held by seller",
                List.of(),
                stack("refill")));
  }

  @Test
  void oneSampleProvesNothing() {
    assertThat(detector.detect(history(CIRCLE))).isEmpty();
    assertThat(detector.detect(history(List.of(), CIRCLE))).isEmpty();
    assertThat(detector.detect(history(CIRCLE, List.of()))).isEmpty();
  }

  @Test
  void twoThreadsThatMeetAgainAndAgainAreInNoDeadlock() {
    HeldLock again = held(2, "buyer", 1, 13, "refill");

    assertThat(detector.detect(history(CIRCLE, List.of(ORDERS, again)))).isEmpty();
  }

  @Test
  void aWaitThatCouldNotBeReadProvesNothing() {
    List<HeldLock> circle = List.of(ORDERS, held(2, "buyer", 1, 0, "refill"));

    assertThat(detector.detect(history(circle, circle))).isEmpty();
  }

  @Test
  void aLockThatHasChangedHandsProvesNothing() {
    HeldLock otherHolder = held(2, "auditor", 1, 12, "refill");

    assertThat(detector.detect(history(List.of(ORDERS, otherHolder), CIRCLE))).isEmpty();
  }

  @Test
  void aWaitWithATimeoutEnds() {
    List<HeldLock> circle =
        List.of(ORDERS, held(2, "buyer", new Wait(1, 12, true, true), "refill", 1));

    assertThat(detector.detect(history(circle, circle))).isEmpty();
  }

  @Test
  void aChainIsNoCircle() {
    List<HeldLock> chain = List.of(
        held(1, "a", 2, 11, "sell"), held(2, "b", 3, 12, "sell"), held(3, "c", null, "sell", 9));

    assertThat(detector.detect(history(chain, chain))).isEmpty();
  }

  @Test
  void threadsBehindACircleAreNoPartOfIt() {
    List<HeldLock> locks = List.of(
        held(7, "late", 1, 17, "sell"),
        held(1, "seller", new Wait(2, 11, false, true), "sell", 4),
        STOCK);

    Finding finding = detector.detect(history(locks, locks)).get(0);

    assertThat(finding.headline())
        .isEqualTo("2 threads wait for each other's locks, 3 more behind them");
    assertThat(finding.threadNames()).containsExactly("seller", "buyer");
    assertThat(finding.threads()).isEqualTo(5);
  }

  @Test
  void aLockThatOthersMayReleaseIsNotProven() {
    List<HeldLock> circle = List.of(ORDERS, HeldLocks.open(STOCK));

    assertThat(detector.detect(history(circle, circle)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void theFingerprintIsTheSameWhicheverThreadComesFirst() {
    List<HeldLock> other =
        List.of(held(3, "buyer-2", 4, 14, "refill"), held(4, "seller-2", 3, 15, "sell"));
    List<HeldLock> elsewhere =
        List.of(held(1, "seller", 2, 11, "sell"), held(2, "buyer", 1, 12, "count"));
    String fingerprint = fingerprint(CIRCLE);

    assertThat(fingerprint(other)).isEqualTo(fingerprint);
    assertThat(fingerprint(elsewhere)).isNotEqualTo(fingerprint);
  }

  @Test
  void deadlocksAtTheSamePlaceAreOneFinding() {
    List<HeldLock> two = List.of(
        ORDERS, STOCK, held(3, "buyer-2", 4, 14, "refill"), held(4, "seller-2", 3, 15, "sell"));

    List<Finding> findings = detector.detect(history(two, two));

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).headline())
        .isEqualTo("2 deadlocks, 4 threads wait for each other's locks");
    assertThat(findings.get(0).count()).isEqualTo(4);
    assertThat(findings.get(0).stacks()).hasSize(2);
  }

  private String fingerprint(List<HeldLock> circle) {
    return detector.detect(history(circle, circle)).get(0).fingerprint();
  }

  private static List<String> stack(String method) {
    return List.of(
        "jdk.internal.misc.Unsafe.park(Native Method)",
        "java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)",
        "com.acme.Warehouse." + method + "(Warehouse.java:40)",
        "java.lang.Thread.run(Thread.java:840)");
  }

  /** How many waits of two are not counted by the JVM, how many samples saw them, and what that is worth. */
  @ParameterizedTest
  @CsvSource({
    "0, 2, PROVEN",
    "1, 2, CONFIRMED",
    "1, 3, PROVEN",
    "2, 2, CONFIRMED",
    "2, 3, CONFIRMED",
    "2, 9, CONFIRMED"
  })
  void waitsThatTheJvmDoesNotCountProveLess(int uncounted, int samples, Verdict expected) {
    List<HeldLock> cycle = List.of(
        held(1, "a", wait(2, 11, uncounted < 1), "sell", 1),
        held(2, "b", wait(1, 12, uncounted < 2), "refill", 1));
    SampleHistory history = new SampleHistory(Duration.ofMinutes(1));
    for (int i = 0; i < samples; i++) {
      history.add(Histories.at(i).heldLocks(cycle).build());
    }

    List<Finding> findings = detector.detect(history);

    assertThat(findings).extracting(Finding::verdict).containsExactly(expected);
    assertThat(findings.get(0).evidence().stream().filter(e -> e.contains("does not count")))
        .hasSize(uncounted > 0 ? 1 : 0);
  }

  private static HeldLock.Wait wait(long lock, long number, boolean counted) {
    return new HeldLock.Wait(lock, number, false, counted);
  }
}
