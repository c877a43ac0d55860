package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.registry.LaterJdk;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Monitors, of which the JVM and the JDK tell less than of locks. */
class MonitorFindingsTest extends RealLocks {
  private static final int UNCOUNTED_SAMPLES = 6;

  @Test
  void aDeadlockOfMonitorsIsProven() throws Exception {
    Object orders = new Object();
    Object stock = new Object();
    CyclicBarrier met = new CyclicBarrier(2);
    startForGood("for-good-a", () -> enterBoth(orders, stock, met));
    startForGood("for-good-b", () -> enterBoth(stock, orders, met));

    Finding finding = awaitFinding();

    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.threadNames()).containsExactlyInAnyOrder("for-good-a", "for-good-b");
    assertThat(finding.evidence().get(0))
        .matches(
            "for-good-. holds java.lang.Object@[0-9a-f]+ and waits for java.lang.Object@[0-9a-f]+");
    assertThat(finding.suspects())
        .anyMatch(f -> f.startsWith("io.leakwatch.detect.MonitorFindingsTest.enterBoth("));
  }

  @Test
  void aDeadlockOfVirtualThreadsOverMonitorsIsConfirmed() throws Exception {
    assumeMonitorSnapshots();
    monitorDeadlock("alike", LaterJdk::unstartedVirtual, LaterJdk::unstartedVirtual);

    Finding finding = awaitFinding();

    assertThat(finding.kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.threadNames()).containsExactlyInAnyOrder("alike-a", "alike-b");
    assertThat(finding.evidence()).anyMatch(e -> e.startsWith("2 waits of a virtual thread"));
    assertThat(finding.suspects())
        .anyMatch(f -> f.startsWith("io.leakwatch.detect.MonitorFindingsTest.enterBoth("));
  }

  @Test
  void aDeadlockOfAVirtualAndAPlatformThreadOverMonitorsIsProvenByTheThirdSample()
      throws Exception {
    assumeMonitorSnapshots();
    monitorDeadlock("mixed", LaterJdk::unstartedVirtual, RealLocks::platform);

    assertThat(awaitFinding().verdict()).isEqualTo(Verdict.CONFIRMED);
    sampleTimes(1);
    assertThat(detectors.detect(history).get(0).verdict()).isEqualTo(Verdict.PROVEN);
  }

  @Test
  void aDeadlockOfVirtualThreadsOverAMonitorAndALockIsProvenByTheThirdSample() throws Exception {
    assumeMonitorSnapshots();
    Object orders = new Object();
    ReentrantLock stock = new ReentrantLock();
    CyclicBarrier met = new CyclicBarrier(2);
    start(LaterJdk::unstartedVirtual, "a", () -> {
      synchronized (orders) {
        meet(met);
        stock.lockInterruptibly();
      }
    });
    start(LaterJdk::unstartedVirtual, "b", () -> {
      stock.lockInterruptibly();
      meet(met);
      synchronized (orders) {
        stock.unlock();
      }
    });

    assertThat(awaitFinding().verdict()).isEqualTo(Verdict.CONFIRMED);
    sampleTimes(1);
    assertThat(detectors.detect(history).get(0).verdict()).isEqualTo(Verdict.PROVEN);
  }

  @Test
  void aDeadlockOfAMonitorAndALockIsProven() throws Exception {
    Object orders = new Object();
    ReentrantLock stock = new ReentrantLock();
    CyclicBarrier met = new CyclicBarrier(2);
    start("a", () -> {
      synchronized (orders) {
        meet(met);
        stock.lockInterruptibly();
      }
    });
    start("b", () -> {
      stock.lockInterruptibly();
      meet(met);
      synchronized (orders) {
        stock.unlock();
      }
    });

    assertThat(awaitFinding().verdict()).isEqualTo(Verdict.PROVEN);
  }

  /** JDK 17 would ask each of them for its {@code getId}. */
  @Test
  void aThreadThatOverridesItsIdIsNotAskedForIt() throws Exception {
    AtomicBoolean asked = new AtomicBoolean();
    Threads hostile = (name, task) -> new Thread(task, name) {
      @Override
      @Deprecated
      public long getId() {
        asked.set(true);
        return 1;
      }
    };
    Object monitor = new Object();
    Thread holder = start(hostile, "holder", () -> {
      synchronized (monitor) {
        end.await();
      }
    });
    await().until(() -> holder.getState() == Thread.State.WAITING);
    Thread blocked = start("blocked", () -> {
      synchronized (monitor) {
        meet(new CyclicBarrier(1));
      }
    });
    await().until(() -> blocked.getState() == Thread.State.BLOCKED);

    sampleTimes(3);

    assertThat(asked).isFalse();
  }

  @Test
  void aMonitorThatManyWaitAtNamesItsHolder() throws Exception {
    crowd(RealLocks::platform, RealLocks::platform);

    isTold(SETTLE + 1);
    assertThat(detectors.detect(history).get(0).evidence())
        .anyMatch(e -> e.startsWith("none of those who wait has got it"));
  }

  @Test
  void aMonitorThatManyVirtualThreadsWaitAtNamesItsVirtualHolder() throws Exception {
    assumeMonitorSnapshots();
    crowd(LaterJdk::unstartedVirtual, LaterJdk::unstartedVirtual);

    isTold(UNCOUNTED_SAMPLES + 2);
  }

  @Test
  void aMonitorThatManyVirtualThreadsWaitAtNamesAPlatformThreadThatHoldsIt() throws Exception {
    assumeMonitorSnapshots();
    crowd(RealLocks::platform, LaterJdk::unstartedVirtual);

    isTold(UNCOUNTED_SAMPLES + 2);
  }

  @Test
  void aMonitorThatManyPlatformThreadsWaitAtNamesAVirtualThreadThatHoldsIt() throws Exception {
    assumeMonitorSnapshots();
    crowd(LaterJdk::unstartedVirtual, RealLocks::platform);

    isTold(SETTLE + 2);
  }

  @Test
  void aMonitorThatIsFoughtOverIsNoFinding() throws Exception {
    isNoFindingWhenFoughtOver(RealLocks::platform);
  }

  @Test
  void aMonitorThatVirtualThreadsFightOverIsNoFinding() throws Exception {
    assumeMonitorSnapshots();
    isNoFindingWhenFoughtOver(LaterJdk::unstartedVirtual);
  }

  private void crowd(Threads holders, Threads waiters) throws Exception {
    Object monitor = new Object();
    Thread holder = start(holders, "holder", () -> {
      synchronized (monitor) {
        // Not parked for a lock: those are looked at in any case.
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.park();
        }
      }
    });
    await().until(() -> holder.getState() == Thread.State.WAITING);
    for (int i = 0; i < 8; i++) {
      start(waiters, "waiter-" + i, () -> {
        synchronized (monitor) {
          meet(new CyclicBarrier(1));
        }
      });
    }
    await()
        .until(() ->
            started.stream().filter(t -> t.getState() == Thread.State.BLOCKED).count() == 8);
  }

  private void isTold(int samples) {
    sampleTimes(samples - 1);
    assertThat(detectors.detect(history)).isEmpty();
    sampleTimes(1);
    List<Finding> findings = detectors.detect(history);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).kind()).isEqualTo(FindingKind.LOCK_HELD_LONG);
    assertThat(findings.get(0).verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(findings.get(0).headline())
        .matches("8 threads waiting for java.lang.Object@[0-9a-f]+, held by holder");
    assertThat(findings.get(0).stacks().get(0).waitingAt())
        .anyMatch(f -> f.contains("java.util.concurrent.locks.LockSupport.park("));
  }

  private void isNoFindingWhenFoughtOver(Threads threads) throws Exception {
    Object monitor = new Object();
    AtomicIntegerArray turns = new AtomicIntegerArray(16);
    for (int i = 0; i < turns.length(); i++) {
      int me = i;
      start(threads, "fighter-" + i, () -> {
        while (!ended) {
          synchronized (monitor) {
            turns.incrementAndGet(me);
          }
        }
      });
    }
    for (int sample = 0; sample < 20; sample++) {
      takeSample();
      assertThat(detectors.detect(history)).isEmpty();
      int[] before = IntStream.range(0, turns.length()).map(turns::get).toArray();
      await()
          .until(
              () -> IntStream.range(0, before.length).allMatch(i -> turns.get(i) > before[i] + 1));
    }
  }

  private static void enterBoth(Object first, Object second, CyclicBarrier met)
      throws InterruptedException {
    synchronized (first) {
      meet(met);
      synchronized (second) {
        throw new IllegalStateException("nobody ever gets here");
      }
    }
  }

  private void monitorDeadlock(String names, Threads one, Threads other) throws Exception {
    Object orders = new Object();
    Object stock = new Object();
    CyclicBarrier met = new CyclicBarrier(2);
    startForGood(one, names + "-a", () -> enterBoth(orders, stock, met));
    startForGood(other, names + "-b", () -> enterBoth(stock, orders, met));
  }

  private static void assumeMonitorSnapshots() {
    assumeTrue(Runtime.version().feature() >= 25, "earlier JDKs take no snapshots of monitors");
  }
}
