package com.acme.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskPoolTest {
  private static final Duration FOREVER = Duration.ofHours(1);

  @Test
  void aResultReachesWhoeverAskedForIt() throws Exception {
    try (TaskPool pool = new TaskPool(2)) {
      assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
      assertThat(pool.submit(() -> null).get()).isNull();
    }
  }

  @Test
  void aFailureReachesWhoeverAskedForIt() throws Exception {
    try (TaskPool pool = new TaskPool(2)) {
      Future<?> checked = pool.submit(() -> fail(new Exception("sold out")));
      Future<?> error = pool.submit(() -> fail(new StackOverflowError()));
      Future<?> interrupted = pool.submit(() -> fail(new InterruptedException("of its own")));

      assertThatThrownBy(checked::get).hasRootCauseMessage("sold out");
      assertThatThrownBy(error::get).hasCauseInstanceOf(StackOverflowError.class);
      assertThatThrownBy(interrupted::get).hasRootCauseMessage("of its own");
    }
  }

  @Test
  void aFailedTaskGivesItsPermitBack() throws Exception {
    try (TaskPool pool = new TaskPool(1)) {
      for (int i = 0; i < 100; i++) {
        var unused = pool.submit(() -> fail(new Error("again")));
      }
      assertThat(pool.submit(() -> "still there").get()).isEqualTo("still there");
    }
  }

  @Test
  void aCancelledTaskIsInterruptedAndHoldsItsPermitUntilItHasEnded() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (TaskPool pool = new TaskPool(1)) {
      CountDownLatch running = new CountDownLatch(1);
      Future<?> stubborn = pool.submit(() -> {
        running.countDown();
        awaitThroughInterrupts(mayEnd, interrupted);
        return null;
      });
      running.await();
      stubborn.cancel(true);
      interrupted.await();
      assertThatThrownBy(stubborn::get).isInstanceOf(CancellationException.class);

      FutureTask<Integer> next = inThread(() -> pool.submit(() -> 1).get());
      assertThatThrownBy(() -> next.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      mayEnd.countDown();
      assertThat(next.get()).isEqualTo(1);
    }
  }

  @Test
  void whoeverIsInterruptedWhileWaitingForAPermitHasNotSubmitted() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (TaskPool pool = new TaskPool(1)) {
      Future<Boolean> holder = pool.submit(() -> mayEnd.await(1, TimeUnit.HOURS));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.submit(() -> ran.getAndSet(true)))
          .isInstanceOf(InterruptedException.class);
      mayEnd.countDown();
      assertThat(holder.get()).isTrue();
      assertThat(pool.submit(() -> "free").get()).isEqualTo("free");
    }
    assertThat(ran).isFalse();
  }

  @Test
  void closingInterruptsWhatRunsAndWaitsForItsEnd() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    Thread closer = Thread.currentThread();
    Future<?> sleeper;
    try (TaskPool pool = new TaskPool(1)) {
      sleeper = pool.submit(() -> {
        try {
          running.countDown();
          TimeUnit.HOURS.sleep(1);
          return null;
        } finally {
          while (closer.getState() != Thread.State.WAITING
              && closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          ended.set(true);
        }
      });
      running.await();
    }
    assertThat(ended).isTrue();
    assertThat(sleeper.isCancelled()).isTrue();
    assertThatThrownBy(sleeper::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void closingLosesNoResultOfATaskThatIgnoresTheInterrupt() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    TaskPool pool = new TaskPool(1);
    Future<String> stubborn = pool.submit(() -> {
      running.countDown();
      awaitThroughInterrupts(mayEnd, interrupted);
      return "made all the same";
    });
    running.await();
    FutureTask<Void> close = inThread(() -> {
      pool.close();
      return null;
    });
    interrupted.await();
    assertThat(close.isDone()).isFalse();
    mayEnd.countDown();
    close.get();
    assertThat(stubborn.get()).isEqualTo("made all the same");
  }

  @Test
  void anInterruptDoesNotMakeTheCloseReturnEarlyAndIsNotLost() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    try (TaskPool pool = new TaskPool(1)) {
      var unused = pool.submit(() -> {
        running.countDown();
        awaitThroughInterrupts(new CountDownLatch(1), new CountDownLatch(1), 50);
        return ended.getAndSet(true);
      });
      running.await();
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).isTrue();
  }

  @Test
  void aClosedPoolRejectsAndMayBeClosedAgain() throws Exception {
    TaskPool pool = new TaskPool(3);
    Future<Integer> before = pool.submit(() -> 1);
    before.get();
    pool.close();
    pool.close();
    assertThatThrownBy(() -> pool.submit(() -> 2))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the pool is closed");
    assertThatThrownBy(() -> pool.map(java.util.List.of(1), i -> i))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(before.get()).isEqualTo(1);
  }

  @Test
  void whoeverWaitsForAPermitIsRejectedByTheClose() throws Exception {
    TaskPool pool = new TaskPool(1);
    Future<Object> holder = pool.submit(() -> {
      TimeUnit.HOURS.sleep(1);
      return null;
    });
    FutureTask<Object> waiting = inThread(() -> pool.submit(() -> "never").get());
    pool.close();
    assertThat(holder.isCancelled()).isTrue();
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aShutdownLetsTasksEndByThemselves() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    TaskPool pool = new TaskPool(1);
    Future<Boolean> task = pool.submit(() -> mayEnd.await(1, TimeUnit.HOURS));
    FutureTask<Boolean> shutdown = inThread(() -> pool.shutdown(FOREVER));
    // Once a submission is rejected, the shutdown has begun.
    assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
    mayEnd.countDown();
    assertThat(shutdown.get()).isTrue();
    assertThat(task.get()).isTrue();
  }

  @Test
  void aShutdownThatRunsOutOfPatienceCancels() throws Exception {
    TaskPool pool = new TaskPool(1);
    Future<?> endless = pool.submit(() -> {
      TimeUnit.HOURS.sleep(1);
      return null;
    });
    assertThat(pool.shutdown(Duration.ofMillis(20))).isFalse();
    assertThat(endless.isCancelled()).isTrue();
  }

  @Test
  @SuppressWarnings("try")
  void aTaskThatUsesItsOwnPoolFailsRatherThanWaitForItself() throws Exception {
    try (TaskPool pool = new TaskPool(1)) {
      Future<?> submits = pool.submit(() -> pool.submit(() -> 1).get());
      assertThatThrownBy(submits::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(IllegalStateException.class);
      Future<?> closes = pool.submit(() -> {
        pool.close();
        return null;
      });
      assertThatThrownBy(closes::get).hasRootCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingTheOuterPoolEndsTheTasksOfThePoolsWithinItsTasks() throws Exception {
    CountDownLatch running = new CountDownLatch(4);
    CountDownLatch ended = new CountDownLatch(4);
    try (TaskPool outer = new TaskPool(2)) {
      for (int i = 0; i < 2; i++) {
        var unused = outer.submit(() -> {
          try (TaskPool inner = new TaskPool(2)) {
            return inner.map(java.util.List.of(1, 2), item -> {
              try {
                running.countDown();
                TimeUnit.HOURS.sleep(1);
                return item;
              } finally {
                ended.countDown();
              }
            });
          }
        });
      }
      running.await();
    }
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> new TaskPool(0)).hasMessage("limit 0 is not 1 or more");
  }

  private static Object fail(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  private static void awaitThroughInterrupts(CountDownLatch mayEnd, CountDownLatch interrupted) {
    awaitThroughInterrupts(mayEnd, interrupted, TimeUnit.HOURS.toMillis(1));
  }

  /** Waits for the latch or that long, whatever interrupts come. */
  private static void awaitThroughInterrupts(
      CountDownLatch mayEnd, CountDownLatch interrupted, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (mayEnd.getCount() > 0 && System.nanoTime() < end) {
      try {
        var unused = mayEnd.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    }
  }

  private static <T> FutureTask<T> inThread(java.util.concurrent.Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
