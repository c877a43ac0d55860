package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.registry.FieldWalk;
import io.leakwatch.registry.LaterJdk;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/** Circles of locks, and nothing that only looks like one. */
class DeadlockFindingsTest extends RealLocks {
  @Test
  void twoThreadsInADeadlockAreProven() throws Exception {
    deadlock(RealLocks::platform, new ReentrantLock(), new ReentrantLock());

    Finding finding = awaitFinding();

    assertThat(finding.kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.count()).isEqualTo(2);
    assertThat(finding.threadNames()).containsExactlyInAnyOrder("taker-0", "taker-1");
    assertThat(finding.stacks())
        .extracting(StackGroup::title)
        .allSatisfy(title -> assertThat(title)
            .matches("thread taker-. waits for ReentrantLock@[0-9a-f]+ held by taker-."));
    assertThat(finding.stacks())
        .allSatisfy(group -> assertThat(group.waitingAt()).anyMatch(f -> f.contains("takeBoth")));
  }

  @Test
  void twoVirtualThreadsInADeadlockAreProven() throws Exception {
    deadlock(LaterJdk::unstartedVirtual, new ReentrantLock(), new ReentrantLock());

    Finding finding = awaitFinding();

    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.threadNames()).containsExactlyInAnyOrder("taker-0", "taker-1");
  }

  @Test
  void aVirtualAndAPlatformThreadInADeadlockAreProven() throws Exception {
    Threads mixed = (name, task) ->
        name.equals("taker-0") ? platform(name, task) : LaterJdk.unstartedVirtual(name, task);
    deadlock(mixed, new ReentrantLock(), new ReentrantLock());

    assertThat(awaitFinding().verdict()).isEqualTo(Verdict.PROVEN);
  }

  @Test
  void aCircleOfFiveIsOneFinding() throws Exception {
    Lock[] locks = new Lock[5];
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
    deadlock(RealLocks::platform, locks);

    assertThat(awaitFinding().count()).isEqualTo(5);
  }

  @Test
  void aReaderThatWaitsForAWriterClosesACircle() throws Exception {
    ReentrantReadWriteLock one = new ReentrantReadWriteLock();
    ReentrantReadWriteLock other = new ReentrantReadWriteLock();
    CyclicBarrier met = new CyclicBarrier(2);
    start("a", () -> takeBoth(one.writeLock(), other.readLock(), met));
    start("b", () -> takeBoth(other.writeLock(), one.readLock(), met));

    Finding finding = awaitFinding();

    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.evidence().get(0)).contains("holds ReentrantReadWriteLock@");
  }

  @Test
  void threadsThatWaitBehindADeadlockAreCounted() throws Exception {
    ReentrantLock one = new ReentrantLock();
    deadlock(RealLocks::platform, one, new ReentrantLock());
    await().until(one::hasQueuedThreads);
    for (int i = 0; i < 10; i++) {
      start("behind-" + i, one::lockInterruptibly);
    }
    await().until(() -> one.getQueueLength() == 11);

    Finding finding = awaitFinding();

    assertThat(finding.headline())
        .isEqualTo("2 threads wait for each other's locks, 10 more behind them");
    assertThat(finding.threads()).isEqualTo(12);
    sampleTimes(2 * SETTLE);
    assertThat(detectors.detect(history)).as("and no second finding").hasSize(1);
  }

  @Test
  void aCircleThatATimeoutEndsIsNoDeadlock() throws Exception {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    CyclicBarrier met = new CyclicBarrier(2);
    start("patient", () -> takeBoth(one, other, met));
    start("hasty", () -> {
      other.lockInterruptibly();
      meet(met);
      if (one.tryLock(1, TimeUnit.HOURS)) {
        throw new IllegalStateException("the other one never lets it go");
      }
    });
    await().until(() -> one.hasQueuedThreads() && other.hasQueuedThreads());
    sampleTimes(2 * SETTLE);

    assertThat(history.newest().heldLocks())
        .as("the circle is there")
        .hasSize(2)
        .extracting(lock -> lock.holder().waitsFor())
        .doesNotContainNull();
    assertThat(detectors.detect(history)).isEmpty();
  }

  @Test
  void holdsNoLockAndNoThreadBetweenSamples() throws Exception {
    deadlock(RealLocks::platform, new ReentrantLock(), new ReentrantLock());
    awaitFinding();

    assertThat(FieldWalk.held(sampler))
        .as("all but the predicate, which is this test's")
        .filteredOn(path -> !path.contains("excludedName"))
        .isEmpty();
    assertThat(FieldWalk.held(history)).isEmpty();
  }

  /** Each thread takes one of the locks and then, when all have, the next one's. */
  private void deadlock(Threads threads, Lock... locks) throws Exception {
    CyclicBarrier met = new CyclicBarrier(locks.length);
    for (int i = 0; i < locks.length; i++) {
      Lock first = locks[i];
      Lock second = locks[(i + 1) % locks.length];
      start(threads, "taker-" + i, () -> takeBoth(first, second, met));
    }
  }

  private static void takeBoth(Lock first, Lock second, CyclicBarrier met)
      throws InterruptedException {
    first.lockInterruptibly();
    meet(met);
    second.lockInterruptibly();
  }
}
