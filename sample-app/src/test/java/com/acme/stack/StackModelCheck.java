package com.acme.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lincheck finds no result of the stacks that a sequence of calls could not give; of the broken ones it finds one. */
class StackModelCheck {
  private static final int FEW = 500;

  /** With {@link #FEW}, neither reused nodes nor the broken elimination were refuted. */
  private static final int ENOUGH_FOR_LOST_RACES = 5_000;

  @ParameterizedTest
  @ValueSource(classes = {StackModel.OfMutexStack.class, StackModel.OfDequeStack.class})
  void whatTheJdkMakesSafeIsLinearizable(Class<? extends StackModel> stack) {
    StackModel.modelChecking(FEW).check(stack);
    StackModel.stress().check(stack);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {StackModel.OfLockFreeStack.class, StackModel.OfEliminationBackoffStack.class})
  void aLockFreeStackIsLinearizable(Class<? extends StackModel> stack) {
    StackModel.modelChecking(ENOUGH_FOR_LOST_RACES).check(stack);
    StackModel.stress().check(stack);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StackModel.OfCheckThenAct.class,
        StackModel.OfReusedNodes.class,
        StackModel.OfTakenTwice.class
      })
  void aBrokenStackIsRefuted(Class<? extends StackModel> stack) {
    assertThatThrownBy(() -> StackModel.modelChecking(ENOUGH_FOR_LOST_RACES).check(stack))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
