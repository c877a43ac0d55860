package com.acme.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskPoolMapTest {
  @Test
  void nothingIsMappedToNothing() throws Exception {
    try (TaskPool pool = new TaskPool(2)) {
      assertThat(pool.map(List.<Integer>of(), item -> item)).isEmpty();
    }
  }

  @Test
  void oneItemGivesOneResultWhichMayBeNull() throws Exception {
    try (TaskPool pool = new TaskPool(2)) {
      assertThat(pool.map(List.of(7), item -> item * 6)).containsExactly(42);
      assertThat(pool.map(List.of(7), item -> null)).containsExactly((Object) null);
    }
  }

  @Test
  void aHundredThousandResultsAreInTheOrderOfTheirItems() throws Exception {
    List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
    try (TaskPool pool = new TaskPool(64)) {
      assertThat(pool.map(items, item -> -item))
          .isEqualTo(items.stream().map(i -> -i).toList());
    }
  }

  @Test
  void noMoreThanTheLimitRunAtTheSameTimeAndThatManyDo() throws Exception {
    int limit = 5;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(limit);
    try (TaskPool pool = new TaskPool(limit)) {
      pool.map(IntStream.range(0, 2_000).boxed().toList(), item -> {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        full.countDown();
        full.await();
        Thread.sleep(0, 1_000);
        return running.decrementAndGet();
      });
    }
    assertThat(most).hasValue(limit);
  }

  @Test
  void theFirstFailureInterruptsTheOthersAndReachesTheCallerWhenAllHaveEnded() throws Exception {
    AtomicInteger running = new AtomicInteger();
    CountDownLatch others = new CountDownLatch(3);
    try (TaskPool pool = new TaskPool(4)) {
      assertThatThrownBy(() -> pool.map(List.of(0, 1, 2, 3), item -> {
            running.incrementAndGet();
            try {
              if (item == 3) {
                others.await();
                throw new IllegalStateException("item 3");
              }
              others.countDown();
              TimeUnit.HOURS.sleep(1);
              return item;
            } finally {
              running.decrementAndGet();
            }
          }))
          .hasRootCauseMessage("item 3");
      assertThat(running).hasValue(0);
      assertThat(pool.map(List.of(1), item -> item)).containsExactly(1);
    }
  }

  @Test
  void afterAFailureNoFurtherItemsAreBegun() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    try (TaskPool pool = new TaskPool(1)) {
      assertThatThrownBy(() -> pool.map(IntStream.range(0, 1_000).boxed().toList(), item -> {
            begun.incrementAndGet();
            throw new IllegalStateException("item " + item);
          }))
          .hasRootCauseMessage("item 0");
    }
    assertThat(begun.get()).isBetween(1, 2);
  }

  @Test
  void anInterruptedCallerInterruptsItsItemsAndWaitsForTheirEnd() throws Exception {
    AtomicInteger running = new AtomicInteger();
    Thread caller = Thread.currentThread();
    try (TaskPool pool = new TaskPool(2)) {
      assertThatThrownBy(() -> pool.map(List.of(1, 2, 3), item -> {
            running.incrementAndGet();
            try {
              caller.interrupt();
              TimeUnit.HOURS.sleep(1);
              return item;
            } finally {
              running.decrementAndGet();
            }
          }))
          .isInstanceOf(InterruptedException.class);
      // The second item may have interrupted again.
      Thread.interrupted();
      assertThat(running).hasValue(0);
    }
  }

  @Test
  void closingThePoolReachesWhoeverMaps() throws Exception {
    TaskPool pool = new TaskPool(2);
    CountDownLatch running = new CountDownLatch(2);
    Thread closer = new Thread(() -> {
      awaitUninterrupted(running);
      pool.close();
    });
    closer.start();
    // All items have begun, so that they are cancelled rather than rejected.
    assertThatThrownBy(() -> pool.map(List.of(1, 2), item -> sleep(running)))
        .isInstanceOf(CancellationException.class);
    closer.join();
  }

  @Test
  void closingThePoolRejectsTheItemsThatHaveNotBegun() throws Exception {
    TaskPool pool = new TaskPool(2);
    CountDownLatch running = new CountDownLatch(2);
    Thread closer = new Thread(() -> {
      awaitUninterrupted(running);
      pool.close();
    });
    closer.start();
    assertThatThrownBy(() -> pool.map(List.of(1, 2, 3), item -> sleep(running)))
        .isInstanceOfAny(RejectedExecutionException.class, CancellationException.class);
    closer.join();
  }

  private static Object sleep(CountDownLatch running) throws InterruptedException {
    running.countDown();
    TimeUnit.HOURS.sleep(1);
    return running;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
