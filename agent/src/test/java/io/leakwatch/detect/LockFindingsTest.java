package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import io.leakwatch.registry.FieldWalk;
import io.leakwatch.registry.LaterJdk;
import io.leakwatch.registry.Registry;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real locks and threads. */
class LockFindingsTest {
  private static final int SETTLE = 3;
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

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

  private interface Taking {
    void take() throws InterruptedException;
  }

  private interface Threads {
    Thread make(String name, Runnable task) throws Exception;
  }

  /** The threads of this test; those of another that nothing can end are still there. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  private final Sampler sampler =
      new Sampler(new Registry(64), name -> !own.contains(name), 64, null, name -> true);
  private final SampleHistory history = new SampleHistory(Duration.ZERO);
  private final LeakDetector detectors = new Detectors(List.of(
      new DeadlockDetector(name -> true),
      new LockNeverReleasedDetector(name -> true),
      new LockHeldLongDetector(SETTLE, name -> true)));
  private final List<Thread> started = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean ended;
  private int samples;

  @AfterEach
  void endThreads() throws InterruptedException {
    ended = true;
    end.countDown();
    started.forEach(Thread::interrupt);
    for (Thread thread : started) {
      thread.join();
    }
  }

  @Test
  void twoThreadsInADeadlockAreProven() throws Exception {
    deadlock(LockFindingsTest::platform, new ReentrantLock(), new ReentrantLock());

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
        .anyMatch(f -> f.startsWith("io.leakwatch.detect.LockFindingsTest.enterBoth("));
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
        .anyMatch(f -> f.startsWith("io.leakwatch.detect.LockFindingsTest.enterBoth("));
  }

  @Test
  void aDeadlockOfAVirtualAndAPlatformThreadOverMonitorsIsProvenByTheThirdSample()
      throws Exception {
    assumeMonitorSnapshots();
    monitorDeadlock("mixed", LaterJdk::unstartedVirtual, LockFindingsTest::platform);

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

  @Test
  void aCircleOfFiveIsOneFinding() throws Exception {
    Lock[] locks = new Lock[5];
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
    deadlock(LockFindingsTest::platform, locks);

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
    deadlock(LockFindingsTest::platform, one, new ReentrantLock());
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
    assertThat(finding.headline()).contains("LockFindingsTest$OpenMutex@");
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

  @Test
  void holdsNoLockAndNoThreadBetweenSamples() throws Exception {
    deadlock(LockFindingsTest::platform, new ReentrantLock(), new ReentrantLock());
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

  private static void enterBoth(Object first, Object second, CyclicBarrier met)
      throws InterruptedException {
    synchronized (first) {
      meet(met);
      synchronized (second) {
        throw new IllegalStateException("nobody ever gets here");
      }
    }
  }

  private static void meet(CyclicBarrier met) throws InterruptedException {
    try {
      met.await();
    } catch (BrokenBarrierException e) {
      throw new InterruptedException();
    }
  }

  private static Thread platform(String name, Runnable task) {
    return new Thread(task, name);
  }

  private Thread start(String name, Taking task) throws Exception {
    return start(LockFindingsTest::platform, name, task);
  }

  private void startForGood(String name, Taking task) throws Exception {
    startForGood(LockFindingsTest::platform, name, task);
  }

  /** Starts a thread that nothing can end. */
  private void startForGood(Threads threads, String name, Taking task) throws Exception {
    Thread thread = start(
        (n, run) -> {
          Thread made = threads.make(n, run);
          made.setDaemon(true);
          return made;
        },
        name,
        task);
    started.remove(thread);
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

  private Thread start(Threads threads, String name, Taking task) throws Exception {
    Thread thread = threads.make(name, () -> {
      try {
        task.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    own.add(name);
    thread.start();
    started.add(thread);
    return thread;
  }

  private Finding awaitFinding() {
    await().until(() -> {
      takeSample();
      return !detectors.detect(history).isEmpty();
    });
    List<Finding> findings = detectors.detect(history);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private void sampleTimes(int times) {
    for (int i = 0; i < times; i++) {
      takeSample();
    }
  }

  private void takeSample() {
    Duration elapsed = Duration.ofSeconds(samples++);
    history.add(sampler.take(START.plus(elapsed), elapsed));
  }
}
