package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.sample.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Levels sampled once a second; spans of two samples unless a test says otherwise. */
class RisingFloorTest {
  @Test
  void aLevelThatRisesRaisesItsFloorFromSpanToSpan() {
    RisingFloor rise = rise(2, 0, 0, 3, 1, 5, 4, 6, 9);

    assertThat(rise.rises()).isEqualTo(3);
    assertThat(rise.by()).isEqualTo(6);
    assertThat(rise.overTime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(rise.perMinute()).isEqualTo(6 * 60 / 7.0);
    assertThat(rise.isFresh()).isTrue();
    assertThat(rise.isNewHeight()).isTrue();
    assertThat(rise.firstSample()).isZero();
  }

  @Test
  void aLevelThatFallsEndsTheRun() {
    RisingFloor rise = rise(2, 1, 1, 9, 9, 2, 2, 4, 4, 6, 6);

    assertThat(rise.rises()).isEqualTo(2);
    assertThat(rise.firstSample()).isEqualTo(4);
    assertThat(rise.isNewHeight()).as("it was at 9 before").isFalse();
  }

  @Test
  void aLevelThatStaysGoesOnWithTheRunAndIsFreshForTwoSpans() {
    assertThat(rise(2, 1, 1, 2, 2, 3, 3, 3, 3).isFresh()).isTrue();
    RisingFloor stayed = rise(2, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3);
    assertThat(stayed.rises()).isEqualTo(2);
    assertThat(stayed.isFresh()).isFalse();
    assertThat(stayed.isNewHeight()).isTrue();
  }

  @Test
  void whatStayedLevelBeforeTheFirstRiseIsNotPartOfTheRun() {
    RisingFloor rise = rise(2, 5, 5, 5, 5, 5, 5, 7, 8);

    assertThat(rise.rises()).isEqualTo(1);
    assertThat(rise.firstSample()).isEqualTo(4);
    assertThat(rise.by()).isEqualTo(2);
  }

  @Test
  void oneBurstThatDrainsHasNoRise() {
    assertThat(rise(2, 0, 0, 900, 800, 700, 600, 500, 400).rises()).isZero();
  }

  @Test
  void noiseRisesToNoNewHeight() {
    Random random = new Random(42);
    for (int run = 0; run < 2_000; run++) {
      long[] noise = random.longs(120, 0, 50).toArray();
      RisingFloor rise = RisingFloor.of(samples(noise.length), noise, 3);
      assertThat(rise.rises() >= 6 && rise.isNewHeight()).isFalse();
    }
  }

  @Test
  void aHistoryShorterThanASpanHasNoRise() {
    assertThat(rise(4, 1, 2).rises()).isZero();
  }

  private static RisingFloor rise(int span, long... levels) {
    return RisingFloor.of(samples(levels.length), levels, span);
  }

  private static List<Sample> samples(int count) {
    return IntStream.range(0, count)
        .mapToObj(t -> Histories.sample(t, List.of(), List.of()))
        .toList();
  }
}
