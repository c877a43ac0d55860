package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleHistoryTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final ThreadDetail DETAIL = new ThreadDetail(
      "quote-1",
      false,
      Thread.State.WAITING,
      List.of(new StackTraceElement("com.acme.QuoteService", "poll", "QuoteService.java", 57)));

  private final SampleHistory history = new SampleHistory(Duration.ofSeconds(3));

  @Test
  void hasNoBaselineWhileTheWarmUpLasts() {
    add(0, 10);
    add(1, 20);
    add(2, 30);

    assertThat(history.baseline()).isEmpty();
    assertThat(history.afterWarmup()).isEmpty();
  }

  @Test
  void takesTheBaselineAtTheFirstSampleAfterTheWarmUpAndKeepsIt() {
    for (int second = 0; second < 6; second++) {
      add(second, 10L * second);
    }

    assertThat(history.baseline()).hasValue(30);
    assertThat(history.afterWarmup()).extracting(Sample::index).containsExactly(3, 4, 5);
  }

  @Test
  void takesTheMostOfTheSecondHalfOfTheWarmUpForAnApplicationWhoseThreadsComeAndGo() {
    add(0, 90);
    add(1, 80);
    add(2, 15);
    add(3, 6);

    assertThat(history.baseline()).hasValue(15);
  }

  @Test
  void prolongsTheWarmUpOnAMachineThatHasNoTime() {
    SampleHistory starved = new SampleHistory(Duration.ofSeconds(3), 4);
    for (int second : List.of(2, 4, 6)) {
      add(starved, second, 10);
      assertThat(starved.baseline()).isEmpty();
    }
    add(starved, 8, 20);

    assertThat(starved.baseline()).hasValue(20);
  }

  @Test
  void takesABaselineOfZero() {
    add(3, 0);
    add(4, 5);

    assertThat(history.baseline()).hasValue(0);
  }

  @Test
  void keepsDetailsInTheNewestSampleOnly() {
    add(0, 1);
    assertThat(history.newest().threads().get(0).details()).containsExactly(DETAIL);
    assertThat(history.newest().executors().get(0).names()).containsExactly("quote-1");
    add(1, 1);

    Sample older = history.samples().get(0);
    assertThat(older.threads().get(0).details()).isEmpty();
    assertThat(older.threads().get(0).names()).isEmpty();
    assertThat(older.threads().get(0).count()).isEqualTo(1);
    assertThat(older.executors().get(0).details()).isEmpty();
    assertThat(older.executors().get(0).names()).isEmpty();
    assertThat(older.executors().get(0).live()).isEqualTo(4);
    assertThat(history.newest().threads().get(0).details()).containsExactly(DETAIL);
  }

  @Test
  void forgetsEverySecondOfTheOlderHalfWhenItIsFull() {
    for (int second = 0; second <= SampleHistory.CAP; second++) {
      add(second, 1);
    }

    List<Integer> indexes = history.samples().stream().map(Sample::index).toList();
    assertThat(indexes).hasSize(SampleHistory.CAP - SampleHistory.CAP / 4 + 1).isSorted();
    assertThat(indexes).startsWith(0, 2, 4).contains(62, 64, 65, 66).doesNotContain(1, 61, 63);
    assertThat(indexes).endsWith(127, 128);
  }

  @Test
  void neverHoldsMoreThanItsCapAndKeepsTheFirstAndTheRecentPast() {
    for (int second = 0; second < 10 * SampleHistory.CAP; second++) {
      add(second, 1);
      assertThat(history.samples()).hasSizeLessThanOrEqualTo(SampleHistory.CAP);
    }

    List<Integer> indexes = history.samples().stream().map(Sample::index).toList();
    int last = 10 * SampleHistory.CAP - 1;
    assertThat(indexes).contains(0);
    for (int age = 0; age < SampleHistory.CAP / 2; age++) {
      assertThat(indexes).contains(last - age);
    }
  }

  @Test
  void growsInItsOwnEstimateWithWhatItHolds() {
    add(0, 1);
    long one = history.heapBytes();
    add(1, 1);

    assertThat(one).isPositive();
    assertThat(history.heapBytes()).isEqualTo(2 * one);
  }

  private void add(int second, long threads) {
    add(history, second, threads);
  }

  private static void add(SampleHistory history, int second, long threads) {
    history.add(SampleBuilder.sample(second, START.plusSeconds(second), Duration.ofSeconds(second))
        .liveThreads(threads, 0)
        .threads(List.of(new SiteThreads(
            1,
            false,
            "com.acme.Task",
            List.of(),
            null,
            Cohorts.of(second, 1),
            false,
            List.of("quote-1"),
            List.of(DETAIL),
            null)))
        .executors(List.of(new SiteExecutors(
            1,
            "executor",
            "java.util.concurrent.ThreadPoolExecutor",
            List.of(),
            4,
            1,
            Cohorts.of(second, 3),
            3,
            0,
            null,
            List.of("quote-1"),
            List.of(DETAIL),
            HeldExecutors.NONE,
            Queues.EMPTY,
            null)))
        .build());
  }
}
