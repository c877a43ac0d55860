package com.acme.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HybridExecutorTest {
  @Test
  void aJobWaitsInItsOwnThreadAndComputesInThePool() throws Exception {
    try (HybridExecutor executor = new HybridExecutor(1, 4, 4)) {
      List<Thread> threads = executor
          .submit(() -> List.of(
              Thread.currentThread(),
              executor.io(Thread::currentThread),
              executor.compute(Thread::currentThread)))
          .get();
      assertThat(threads.get(1)).isSameAs(threads.get(0));
      assertThat(threads.get(2)).isNotSameAs(threads.get(0));
      assertThat(threads.get(2).getName()).contains("pool");
    }
  }

  @Test
  void eachKindOfStepKeepsToItsOwnLimitAndReachesIt() throws Exception {
    Meter io = new Meter(3);
    Meter computing = new Meter(2);
    try (HybridExecutor executor = new HybridExecutor(2, 3, 12)) {
      List<Future<?>> jobs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        jobs.add(executor.submit(() -> {
          executor.io(io::pass);
          executor.compute(computing::pass);
          return executor.io(io::pass);
        }));
      }
      for (Future<?> job : jobs) {
        job.get();
      }
    }
    assertThat(io.most).hasValue(3);
    assertThat(computing.most).hasValue(2);
  }

  @Test
  void failuresOfStepsReachTheJobAndGiveTheirPermitBack() throws Exception {
    try (HybridExecutor executor = new HybridExecutor(1, 1, 2)) {
      for (int i = 0; i < 10; i++) {
        Future<?> waits = executor.submit(() -> executor.io(() -> fail("no answer")));
        Future<?> computes = executor.submit(() -> executor.compute(() -> fail("no number")));
        assertThatThrownBy(waits::get).hasRootCauseMessage("no answer");
        assertThatThrownBy(computes::get).hasRootCauseMessage("no number");
      }
    }
  }

  @Test
  void aCancelledJobInterruptsItsComputation() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (HybridExecutor executor = new HybridExecutor(1, 1, 1)) {
      Future<?> job = executor.submit(() -> executor.compute(() -> {
        computing.countDown();
        try {
          TimeUnit.HOURS.sleep(1);
          return null;
        } finally {
          interrupted.countDown();
        }
      }));
      computing.await();
      job.cancel(true);
      interrupted.await();
      assertThat(executor.submit(() -> executor.compute(() -> 42)).get()).isEqualTo(42);
    }
  }

  @Test
  void aShutdownLetsTheJobsUnderWayGoThroughAllTheirSteps() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    HybridExecutor executor = new HybridExecutor(1, 1, 2);
    Future<Integer> job = executor.submit(() -> {
      int fetched = executor.io(() -> {
        waiting.countDown();
        answer.await();
        return 6;
      });
      return executor.compute(() -> fetched * 7);
    });
    waiting.await();
    AtomicBoolean inTime = new AtomicBoolean();
    Thread shutdown = new Thread(() -> inTime.set(shutdown(executor)));
    shutdown.start();
    assertThatThrownBy(() -> {
          while (true) {
            executor.submit(() -> 1).get();
          }
        })
        .isInstanceOf(RejectedExecutionException.class);
    answer.countDown();
    shutdown.join();
    assertThat(inTime).isTrue();
    assertThat(job.get()).isEqualTo(42);
  }

  @Test
  void aCloseWaitsForComputationsThatIgnoreIt() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch computing = new CountDownLatch(1);
    Future<?> job;
    try (HybridExecutor executor = new HybridExecutor(1, 1, 1)) {
      job = executor.submit(() -> executor.compute(() -> {
        computing.countDown();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        return ended.getAndSet(true);
      }));
      computing.await();
    }
    assertThat(ended).isTrue();
    assertThatThrownBy(job::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void limitsBelowOneAreRefused() {
    assertThatThrownBy(() -> new HybridExecutor(1, 0, 1))
        .hasMessage("I/O limit 0 is not 1 or more");
    assertThatThrownBy(() -> new HybridExecutor(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HybridExecutor(1, 1, 0)).hasMessage("limit 0 is not 1 or more");
  }

  private static boolean shutdown(HybridExecutor executor) {
    try {
      return executor.shutdown(Duration.ofMinutes(10));
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static Object fail(String message) {
    throw new IllegalStateException(message);
  }

  /** Counts how many are in it at the same time; the first wait until as many are as can be. */
  private static final class Meter {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch full;

    Meter(int capacity) {
      full = new CountDownLatch(capacity);
    }

    Void pass() throws InterruptedException {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        full.countDown();
        full.await();
        Thread.sleep(0, 1_000);
        return null;
      } finally {
        now.decrementAndGet();
      }
    }
  }
}
