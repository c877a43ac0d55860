package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CohortsTest {
  private final Cohorts cohorts = Cohorts.of(0, 5, 3, 2, 7, 4);

  @Test
  void countsAllThatAreAlive() {
    assertThat(cohorts.total()).isEqualTo(11);
    assertThat(Cohorts.of().total()).isZero();
  }

  @Test
  void countsThoseThatWereThereAtASampleAlready() {
    assertThat(cohorts.aliveBornBy(-1)).isZero();
    assertThat(cohorts.aliveBornBy(0)).isEqualTo(5);
    assertThat(cohorts.aliveBornBy(2)).isEqualTo(5);
    assertThat(cohorts.aliveBornBy(3)).isEqualTo(7);
    assertThat(cohorts.aliveBornBy(7)).isEqualTo(11);
    assertThat(cohorts.aliveBornBy(Integer.MAX_VALUE)).isEqualTo(11);
  }

  @Test
  void knowsItsOldestBirth() {
    assertThat(cohorts.oldestBirth()).isZero();
    assertThat(Cohorts.of(2, 0, 4, 1).oldestBirth()).isEqualTo(4);
    assertThat(Cohorts.of().oldestBirth()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void addsUpBirthByBirth() {
    assertThat(cohorts.plus(Cohorts.of(1, 1, 3, 10, 9, 6)))
        .hasToString("born: 0=5 1=1 3=12 7=4 9=6");
    assertThat(Cohorts.of(1, 1, 3, 10, 9, 6).plus(cohorts))
        .hasToString("born: 0=5 1=1 3=12 7=4 9=6");
  }

  @Test
  void staysAsItIsWhenNothingIsAdded() {
    assertThat(cohorts.plus(Cohorts.of())).hasToString("born: 0=5 3=2 7=4");
    assertThat(Cohorts.of().plus(cohorts)).hasToString("born: 0=5 3=2 7=4");
    assertThat(Cohorts.of().plus(Cohorts.of())).hasToString("born:");
  }

  @Test
  void doesNotChangeItsParts() {
    Cohorts other = Cohorts.of(3, 1);
    cohorts.plus(other);

    assertThat(cohorts).hasToString("born: 0=5 3=2 7=4");
    assertThat(other).hasToString("born: 3=1");
  }
}
