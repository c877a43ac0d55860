package com.acme.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/**
 * Lincheck finds no order of steps in which a pool breaks its promises; for each of the broken ones it finds one.
 *
 * <p>The pools are made within what Lincheck runs: one that is handed in, it does not look into.
 */
class TaskPoolModelCheck {
  private static final int INTERLEAVINGS = 1_000;

  @Test
  void aTaskPoolKeepsItsPromises() {
    check(() -> new TaskPoolModel(TaskPoolModel.taskPool()).cancelThenSubmit());
    check(() -> new TaskPoolModel(TaskPoolModel.taskPool()).closeWhileSubmitting());
  }

  @Test
  void aPermitThatComesBackTooEarlyIsFound() {
    assertRefuted(
        "two ran at once",
        () -> new TaskPoolModel(new BrokenPools.PermitBackTooEarly()).cancelThenSubmit());
  }

  @Test
  void aTaskThatOutlivesItsPoolIsFound() {
    assertRefuted(
        "a task has outlived the pool",
        () -> new TaskPoolModel(new BrokenPools.DoesNotWait()).closeWhileSubmitting());
  }

  @Test
  void aLostResultIsFound() {
    assertRefuted(
        "a result is lost",
        () -> new TaskPoolModel(new BrokenPools.LosesResults()).closeWhileSubmitting());
  }

  private static void assertRefuted(String mistake, Runnable broken) {
    assertThatThrownBy(() -> check(broken))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining(mistake);
  }

  private static void check(Runnable model) {
    Lincheck.runConcurrentTest(INTERLEAVINGS, model);
  }
}
