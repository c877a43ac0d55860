package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Locks that do not come free, or only late. */
class HeldLockFindingsTest extends RealLocks {
  /** A lock of an application's own, which anybody can release. */
  private static final class OpenMutex extends AbstractQueuedSynchronizer {
    @Override
    protected boolean tryAcquire(int ignored) {
      boolean acquired = compareAndSetState(0, 1);
      if (acquired) {
        setExclusiveOwnerThread(Thread.currentThread());
      }
      return acquired;
    }

    @Override
    protected boolean tryRelease(int ignored) {
      setExclusiveOwnerThread(null);
      setState(0);
      return true;
    }
  }

  @Test
  void aLockThatIsFoughtOverIsNoFinding() throws Exception {
    ReentrantLock outer = new ReentrantLock();
    ReentrantLock inner = new ReentrantLock();
    AtomicIntegerArray turns = new AtomicIntegerArray(16);
    for (int i = 0; i < turns.length(); i++) {
      int me = i;
      start("fighter-" + i, () -> {
        while (!ended) {
          outer.lock();
          try {
            inner.lock();
            try {
              turns.incrementAndGet(me);
            } finally {
              inner.unlock();
            }
          } finally {
            outer.unlock();
          }
        }
      });
    }
    for (int sample = 0; sample < 20; sample++) {
      takeSample();
      assertThat(detectors.detect(history)).isEmpty();
      // Whoever is next in the queue gets the lock before the next sample.
      int[] before = IntStream.range(0, turns.length()).map(turns::get).toArray();
      await()
          .until(
              () -> IntStream.range(0, before.length).allMatch(i -> turns.get(i) > before[i] + 1));
    }
  }

  @Test
  void aLockThatNobodyCanReleaseAnyMoreIsProven() throws Exception {
    ReentrantLock lost = new ReentrantLock();
    start("forgetful", lost::lockInterruptibly).join();
    start("waiter", lost::lockInterruptibly);
    await().until(() -> lost.getQueueLength() == 1);

    Finding finding = awaitFinding();

    assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_NEVER_RELEASED);
    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.headline())
        .matches(
            "1 thread waiting for ReentrantLock@[0-9a-f]+, which forgetful held when it ended");
    assertThat(finding.waitingAt())
        .anyMatch(f -> f.startsWith("java.util.concurrent.locks.ReentrantLock.lockInterruptibly("));
  }

  @Test
  void aLockOfTheApplicationsOwnIsNotProvenLost() throws Exception {
    OpenMutex mutex = new OpenMutex();
    start("forgetful", () -> mutex.acquire(1)).join();
    start("waiter", () -> mutex.acquireInterruptibly(1));
    await().until(mutex::hasQueuedThreads);

    Finding finding = awaitFinding();

    assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_NEVER_RELEASED);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.headline()).contains("HeldLockFindingsTest$OpenMutex@");
  }

  @Test
  void aLockThatManyWaitForNamesItsHolder() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    start("holder", () -> {
      lock.lock();
      end.await();
    });
    await().until(lock::isLocked);
    for (int i = 0; i < 8; i++) {
      start("waiter-" + i, lock::lockInterruptibly);
    }
    await().until(() -> lock.getQueueLength() == 8);
    sampleTimes(SETTLE - 1);
    assertThat(detectors.detect(history)).isEmpty();

    Finding finding = awaitFinding();

    assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_HELD_LONG);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.headline())
        .matches("8 threads waiting for ReentrantLock@[0-9a-f]+, held by holder");
    assertThat(finding.stacks().get(0).waitingAt())
        .anyMatch(f -> f.contains("java.util.concurrent.CountDownLatch.await"));
  }
}
