package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackBudgetTest {
  @Test
  void grantsItsNumberOfStacksInEachEpochAndNoMore() {
    StackBudget budget = new StackBudget();

    assertThat(budget.isSpent()).isFalse();
    assertThat(granted(budget)).isEqualTo(StackBudget.PER_EPOCH);
    assertThat(budget.isSpent()).isTrue();
    assertThat(budget.claim()).isFalse();

    int epoch = budget.epoch();
    budget.nextEpoch();
    assertThat(budget.epoch()).isNotEqualTo(epoch);
    assertThat(granted(budget)).isEqualTo(StackBudget.PER_EPOCH);
  }

  private static int granted(StackBudget budget) {
    int granted = 0;
    for (int i = 0; i < 2 * StackBudget.PER_EPOCH; i++) {
      granted += budget.claim() ? 1 : 0;
    }
    return granted;
  }
}
