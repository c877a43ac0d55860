package io.leakwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuBudgetTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final CpuBudget budget = new CpuBudget(Duration.ofSeconds(10), 0);
  private final List<String> said = new ArrayList<>();
  private long now;
  private long used;

  @Test
  void cheapRoundsComeAtTheirInterval() {
    run(Duration.ofHours(1), 20 * MILLI);

    assertThat(budget.next()).isEqualTo(10 * SECOND);
    assertThat(said).isEmpty();
  }

  @Test
  void aStartThatCostsALotIsForgiven() {
    used = 250 * MILLI;
    run(Duration.ofHours(1), 20 * MILLI);

    assertThat(budget.next()).isEqualTo(10 * SECOND);
  }

  @Test
  void expensiveRoundsComeLessOftenUntilTheyStayWithinTheBudget() {
    run(Duration.ofHours(1), 350 * MILLI);

    assertThat(budget.next()).as("3.5 % of 10 s, 0.9 % of 40 s").isEqualTo(40 * SECOND);
    assertThat(said)
        .containsExactly(
            "the agent has used 4.7 % of one core for 30s: samples are taken less often from now"
                + " on, every 20s or more, until that is below 1 %; findings come later by as much");
  }

  @Test
  void theyNeverStop() {
    run(Duration.ofHours(10), 9 * SECOND);

    assertThat(budget.next()).isEqualTo(CpuBudget.SLOWEST * 10 * SECOND);
  }

  @Test
  void whenTheyAreCheapAgainTheyComeAtTheirIntervalAgain() {
    run(Duration.ofHours(1), 350 * MILLI);
    run(Duration.ofHours(1), 5 * MILLI);

    assertThat(budget.next()).isEqualTo(10 * SECOND);
    assertThat(said).hasSize(1);
  }

  private void run(Duration time, long eachRound) {
    for (long end = now + time.toNanos(); now < end; now += budget.next()) {
      used += eachRound;
      String line = budget.spend(now, used);
      if (line != null) {
        said.add(line);
      }
    }
  }
}
