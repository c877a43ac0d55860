package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatermarksTest {
  private final Watermarks marks = new Watermarks();

  @Test
  void putsEveryNumberIntoTheNewestSlotAtFirst() {
    assertThat(marks.size()).isZero();
    assertThat(marks.slot(17)).isZero();
  }

  @Test
  void tellsAtWhichSampleANumberWasFirstThere() {
    marks.mark(0, Duration.ofSeconds(0), 10);
    marks.mark(1, Duration.ofSeconds(1), 20);

    assertThat(marks.slot(1)).isZero();
    assertThat(marks.slot(10)).isZero();
    assertThat(marks.slot(11)).isEqualTo(1);
    assertThat(marks.slot(20)).isEqualTo(1);
    assertThat(marks.slot(21)).isEqualTo(2);
  }

  @Test
  void countsTheFirstOfSeveralSamplesWithoutANewcomer() {
    for (int sample = 0; sample < 5; sample++) {
      marks.mark(sample, Duration.ofSeconds(sample), 10);
    }

    assertThat(marks.slot(10)).isZero();
    assertThat(marks.slot(11)).isEqualTo(5);
  }

  /** The youngest thread may have ended: the highest number that lives goes down, the mark does not. */
  @Test
  void neverGoesDown() {
    marks.mark(0, Duration.ofSeconds(0), 10);
    marks.mark(1, Duration.ofSeconds(1), 7);

    assertThat(marks.slot(9)).isZero();
    assertThat(marks.slot(10)).isZero();
  }

  @Test
  void findsTheSlotOfASampleAndTheSampleOfASlot() {
    marks.mark(3, Duration.ofSeconds(3), 10);
    marks.mark(5, Duration.ofSeconds(5), 20);

    assertThat(marks.slotOfSample(3)).isZero();
    assertThat(marks.slotOfSample(4)).isEqualTo(1);
    assertThat(marks.slotOfSample(5)).isEqualTo(1);
    assertThat(marks.slotOfSample(6)).isEqualTo(2);
    assertThat(marks.sample(1)).isEqualTo(5);
  }

  @Test
  void makesCohortsOfAGroupsMembersInEachSlot() {
    marks.mark(0, Duration.ofSeconds(0), 10);
    marks.mark(1, Duration.ofSeconds(1), 20);
    marks.mark(4, Duration.ofSeconds(4), 30);

    assertThat(marks.cohorts(new int[] {3, 0, 2, 1}, 5)).hasToString("born: 0=3 4=2 5=1");
    assertThat(marks.cohorts(new int[] {0, 0, 0, 0}, 5)).hasToString("born:");
  }

  @Test
  void forgetsEverySecondOfTheOlderHalfWhenItIsFull() {
    for (int sample = 0; sample < Watermarks.CAP; sample++) {
      marks.mark(sample, Duration.ofSeconds(sample), 10L * sample);
    }
    assertThat(marks.size()).isEqualTo(Watermarks.CAP);

    marks.mark(Watermarks.CAP, Duration.ofSeconds(Watermarks.CAP), 10L * Watermarks.CAP);

    assertThat(marks.size()).isEqualTo(Watermarks.CAP - Watermarks.CAP / 4 + 1);
    // Born by sample 2, which is forgotten: dated later, never earlier.
    assertThat(marks.sample(marks.slot(20))).isEqualTo(3);
    assertThat(marks.sample(marks.slot(30))).isEqualTo(3);
    assertThat(marks.sample(marks.slot(10L * (Watermarks.CAP / 2)))).isEqualTo(Watermarks.CAP / 2);
  }
}
