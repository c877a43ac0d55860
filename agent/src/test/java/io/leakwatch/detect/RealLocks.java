package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leakwatch.finding.Finding;
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
import org.junit.jupiter.api.AfterEach;

/** Real threads at real locks, sampled by hand. What a test starts is ended behind it. */
abstract class RealLocks {
  static final int SETTLE = 3;
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  interface Taking {
    void take() throws InterruptedException;
  }

  interface Threads {
    Thread make(String name, Runnable task) throws Exception;
  }

  /** The threads of this test; those of another that nothing can end are still there. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  final Sampler sampler =
      new Sampler(new Registry(64), name -> !own.contains(name), 64, null, name -> true);
  final SampleHistory history = new SampleHistory(Duration.ZERO);
  final LeakDetector detectors = new Detectors(List.of(
      new DeadlockDetector(name -> true),
      new LockNeverReleasedDetector(name -> true),
      new LockHeldLongDetector(SETTLE, name -> true)));
  final List<Thread> started = new ArrayList<>();
  final CountDownLatch end = new CountDownLatch(1);
  volatile boolean ended;
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

  static void meet(CyclicBarrier met) throws InterruptedException {
    try {
      met.await();
    } catch (BrokenBarrierException e) {
      throw new InterruptedException();
    }
  }

  static Thread platform(String name, Runnable task) {
    return new Thread(task, name);
  }

  Thread start(String name, Taking task) throws Exception {
    return start(RealLocks::platform, name, task);
  }

  void startForGood(String name, Taking task) throws Exception {
    startForGood(RealLocks::platform, name, task);
  }

  /** Starts a thread that nothing can end. */
  void startForGood(Threads threads, String name, Taking task) throws Exception {
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

  Thread start(Threads threads, String name, Taking task) throws Exception {
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

  Finding awaitFinding() {
    await().until(() -> {
      takeSample();
      return !detectors.detect(history).isEmpty();
    });
    List<Finding> findings = detectors.detect(history);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  void sampleTimes(int times) {
    for (int i = 0; i < times; i++) {
      takeSample();
    }
  }

  void takeSample() {
    Duration elapsed = Duration.ofSeconds(samples++);
    history.add(sampler.take(START.plus(elapsed), elapsed));
  }
}
