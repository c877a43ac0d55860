package io.leakwatch.detect;

import static io.leakwatch.detect.HeldLocks.held;
import static io.leakwatch.detect.HeldLocks.history;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.HeldLock;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockNeverReleasedDetectorTest {
  private static final HeldLock HELD = held(1, "writer", null, "write", 3);
  private static final HeldLock LOST = HeldLocks.ofEnded(HELD);

  private final LockNeverReleasedDetector detector = new LockNeverReleasedDetector(name -> true);

  @Test
  void saysWhatItKnows() {
    List<Finding> findings = detector.detect(history(List.of(HELD), List.of(LOST), List.of(LOST)));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_NEVER_RELEASED);
    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.count()).isEqualTo(1);
    assertThat(finding.threads()).isEqualTo(3);
    assertThat(finding.suspects()).containsExactly("com.acme.Warehouse.await(Warehouse.java:40)");
    assertThat(finding.headline())
        .isEqualTo("3 threads waiting for ReentrantLock@1, which writer held when it ended");
    assertThat(finding.evidence())
        .containsExactly(
            "thread writer has ended and still owns ReentrantLock@1", "so at each sample for 10s");
    assertThat(finding.waitingAt()).contains("com.acme.Warehouse.await(Warehouse.java:40)");
  }

  @Test
  void aHolderThatIsAliveMayStillReleaseIt() {
    assertThat(detector.detect(history(List.of(HELD), List.of(HELD)))).isEmpty();
  }

  @Test
  void oneSampleIsNotEnough() {
    assertThat(detector.detect(history(List.of(HELD), List.of(LOST)))).isEmpty();
  }

  @Test
  void aLockThatOthersMayReleaseIsNotProven() {
    List<HeldLock> open = List.of(HeldLocks.open(LOST));

    assertThat(detector.detect(history(open, open)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void locksLostAtTheSamePlaceAreOneFinding() {
    List<HeldLock> two = List.of(LOST, HeldLocks.ofEnded(held(2, "writer-2", null, "write", 1)));

    assertThat(detector.detect(history(two, two)))
        .singleElement()
        .extracting(Finding::headline)
        .isEqualTo("4 threads waiting for 2 locks whose holders have ended");
  }
}
