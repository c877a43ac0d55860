package io.leakwatch.detect;

import static io.leakwatch.detect.HeldLocks.held;
import static io.leakwatch.detect.HeldLocks.history;
import static io.leakwatch.detect.HeldLocks.passedOn;
import static io.leakwatch.detect.HeldLocks.uncounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.HeldLock.Wait;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockHeldLongDetectorTest {
  private static final int SETTLE = 3;
  private static final HeldLock CROWDED = held(1, "writer", null, "write", 8);
  private static final List<HeldLock> KEPT = List.of(CROWDED);

  private final LockHeldLongDetector detector = new LockHeldLongDetector(SETTLE, name -> true);

  @Test
  void saysWhoHoldsItAndWhoWaits() {
    List<Finding> findings = detector.detect(history(KEPT, KEPT, KEPT));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_HELD_LONG);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.count()).isEqualTo(8);
    assertThat(finding.suspects())
        .containsExactly(
            "com.acme.Warehouse.write(Warehouse.java:40)",
            "com.acme.Warehouse.await(Warehouse.java:40)");
    assertThat(finding.headline())
        .isEqualTo("8 threads waiting for ReentrantLock@1, held by writer");
    assertThat(finding.evidence())
        .containsExactly(
            "held by writer at each sample for 20s",
            "none of those who wait has got it in that time");
    assertThat(finding.stacks())
        .extracting(StackGroup::title)
        .containsExactly(
            "thread writer holds ReentrantLock@1",
            "8 threads waiting for ReentrantLock@1 held by writer");
  }

  @Test
  void itTakesAsManySamplesAsSettleSays() {
    assertThat(detector.detect(history(KEPT, KEPT))).isEmpty();
    assertThat(detector.detect(history(KEPT, List.of(), KEPT, KEPT))).isEmpty();
  }

  @Test
  void aLockThatIsPassedOnIsOnlyBusy() {
    List<HeldLock> passedOn = List.of(passedOn(CROWDED, 2));

    assertThat(detector.detect(history(passedOn, KEPT, KEPT))).isEmpty();
    assertThat(detector.detect(history(KEPT, passedOn, KEPT))).isEmpty();
  }

  @Test
  void aLockWithAnotherHolderIsOnlyBusy() {
    List<HeldLock> other = List.of(held(1, "reader", null, "write", 8));

    assertThat(detector.detect(history(other, KEPT, KEPT))).isEmpty();
  }

  @Test
  void aQueueThatCouldNotBeReadSaysNothing() {
    List<HeldLock> unknown = List.of(passedOn(CROWDED, 0));

    assertThat(detector.detect(history(unknown, unknown, unknown))).isEmpty();
  }

  @Test
  void waitsThatNothingCountsTakeTwiceAsLong() {
    List<HeldLock> found = List.of(uncounted(CROWDED));

    assertThat(detector.detect(history(found, found, found, found, found))).isEmpty();
    assertThat(detector.detect(history(found, List.of(), found, found, found, found, found)))
        .isEmpty();
    List<Finding> findings = detector.detect(history(found, found, found, found, found, found));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).headline())
        .isEqualTo("at least 8 threads waiting for ReentrantLock@1, held by writer");
    assertThat(findings.get(0).evidence())
        .containsExactly(
            "held by writer at each sample for 50s", "the same threads waiting at each");
  }

  @Test
  void sevenThreadsAreNotMany() {
    List<HeldLock> few = List.of(held(1, "writer", null, "write", 7));

    assertThat(detector.detect(history(few, few, few))).isEmpty();
  }

  @Test
  void locksBehindADeadlockOrAnEndedHolderAreThoseFindings() {
    HeldLock first = held(1, "seller", new Wait(2, 11, false, true), "sell", 8);
    HeldLock second = held(2, "buyer", new Wait(1, 12, false, true), "refill", 8);
    HeldLock behind = held(3, "late", new Wait(1, 13, false, true), "sell", 8);
    List<HeldLock> deadlock = List.of(first, second, behind);
    List<HeldLock> lost = List.of(HeldLocks.ofEnded(CROWDED));

    assertThat(detector.detect(history(deadlock, deadlock, deadlock))).isEmpty();
    assertThat(detector.detect(history(lost, lost, lost))).isEmpty();
  }
}
