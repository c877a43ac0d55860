package io.leakwatch.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {
  @Test
  void aFigureThatIsJustGoodEnoughHoldsItsGoal() {
    assertThat(Goal.atMost(1.03, "").cell(1.03)).isEqualTo("≤ 1.03 ✓");
    assertThat(Goal.atLeast(0.99, "").cell(0.99)).isEqualTo("≥ 0.99 ✓");
  }

  @Test
  void aMissIsSaid() {
    assertThat(Goal.atMost(120, " ms").cell(120.5)).isEqualTo("≤ 120 ms **missed**");
    assertThat(Goal.atLeast(10, " times").cell(9.9)).isEqualTo("≥ 10 times **missed**");
  }

  @Test
  void whatIsNoNumberHoldsNoGoal() {
    assertThat(Goal.atMost(1.03, "").cell(Double.NaN)).isEqualTo("≤ 1.03 **missed**");
  }

  @Test
  void whereNothingIsPromisedNothingIsSaid() {
    assertThat(Goal.atMost(Double.NaN, "").cell(7)).isEmpty();
  }
}
