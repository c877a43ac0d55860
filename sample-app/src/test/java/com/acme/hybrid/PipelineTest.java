package com.acme.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {
  private static final int UNDER_WAY = 8;

  private final HybridExecutor executor = new HybridExecutor(2, 4, UNDER_WAY);
  private final Set<String> stored = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void eachItemGoesThroughAllStagesOnce() throws Exception {
    Pipeline<Integer, Integer, String> pipeline =
        new Pipeline<>(executor, i -> i + 1, i -> "item " + i, stored::add);
    for (int i = 0; i < 1_000; i++) {
      pipeline.accept(i);
    }
    pipeline.finish();

    assertThat(stored)
        .isEqualTo(
            IntStream.rangeClosed(1, 1_000).mapToObj(i -> "item " + i).collect(Collectors.toSet()));
    for (Stage stage : Stage.values()) {
      assertThat(pipeline.timings().items(stage)).isEqualTo(1_000);
    }
  }

  @Test
  void theCallerWaitsWhenAsManyItemsAreUnderWayAsMayBe() throws Exception {
    Semaphore answers = new Semaphore(0);
    AtomicInteger accepted = new AtomicInteger();
    Pipeline<Integer, Integer, Integer> pipeline = new Pipeline<>(
        executor,
        i -> {
          answers.acquire();
          return i;
        },
        i -> i,
        i -> {});
    Thread caller = new Thread(() -> {
      try {
        for (int i = 0; i < 20; i++) {
          pipeline.accept(i);
          accepted.incrementAndGet();
        }
        pipeline.finish();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    caller.start();
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(accepted).hasValue(UNDER_WAY);
    answers.release(20);
    caller.join();
    assertThat(accepted).hasValue(20);
  }

  @Test
  void aFailureReachesWhoeverFinishes() throws Exception {
    Pipeline<Integer, Integer, Integer> pipeline =
        new Pipeline<>(executor, i -> i, i -> 100 / (i - 3), i -> {});
    for (int i = 0; i < 4; i++) {
      pipeline.accept(i);
    }
    assertThatThrownBy(pipeline::finish).hasRootCauseInstanceOf(ArithmeticException.class);
  }

  @Test
  void afterAFailureNoItemsAreAcceptedForEver() {
    Pipeline<Integer, Integer, Integer> pipeline = new Pipeline<>(executor, i -> i, i -> i, i -> {
      throw new IllegalStateException("disk full");
    });
    assertThatThrownBy(() -> {
          for (int i = 0; i < 1_000_000; i++) {
            pipeline.accept(i);
          }
        })
        .hasRootCauseMessage("disk full");
  }

  @Test
  void anItemThatTakesLongHidesNoFailureOfALaterOne() {
    CountDownLatch answer = new CountDownLatch(1);
    Pipeline<Integer, Integer, Integer> pipeline = new Pipeline<>(
        executor,
        i -> {
          if (i == 0) {
            answer.await();
          }
          return i;
        },
        i -> 100 / (i - 3),
        i -> {});
    assertThatThrownBy(() -> {
          for (int i = 0; i < 10_000; i++) {
            pipeline.accept(i);
          }
        })
        .hasRootCauseInstanceOf(ArithmeticException.class);
    answer.countDown();
  }

  @Test
  void closingTheExecutorReachesWhoeverFinishes() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    Pipeline<Integer, Integer, Integer> pipeline = new Pipeline<>(
        executor,
        i -> {
          fetching.countDown();
          new CountDownLatch(1).await();
          return i;
        },
        i -> i,
        i -> {});
    pipeline.accept(1);
    fetching.await();
    executor.close();
    assertThatThrownBy(pipeline::finish).isInstanceOf(CancellationException.class);
  }

  @Test
  void timesAreOfTheStagesThatTookThem() throws Exception {
    Pipeline<Integer, Integer, Integer> pipeline = new Pipeline<>(
        executor,
        i -> {
          long start = System.nanoTime();
          while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(20)) {
            Thread.onSpinWait();
          }
          return i;
        },
        i -> i,
        i -> {});
    pipeline.accept(1);
    pipeline.finish();
    StageTimings timings = pipeline.timings();
    assertThat(timings.workedMillis(Stage.FETCH)).isGreaterThanOrEqualTo(20);
    assertThat(timings.workedMillis(Stage.FETCH))
        .isGreaterThan(timings.workedMillis(Stage.COMPUTE));
    assertThat(timings.toString())
        .matches("fetch [\\d.]+ ms after [\\d.]+ ms of waiting, compute .*, store .*");
  }
}
