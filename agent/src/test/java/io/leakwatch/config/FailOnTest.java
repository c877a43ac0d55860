package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailOnTest {

  @Test
  void failsOnItsVerdictAndOnEveryStrongerOne() {
    assertThat(failing(FailOn.NEVER)).isEmpty();
    assertThat(failing(FailOn.PROVEN)).containsExactly(Verdict.PROVEN);
    assertThat(failing(FailOn.CONFIRMED)).containsExactly(Verdict.CONFIRMED, Verdict.PROVEN);
    assertThat(failing(FailOn.SUSPECTED))
        .containsExactly(Verdict.SUSPECTED, Verdict.CONFIRMED, Verdict.PROVEN);
  }

  private static Verdict[] failing(FailOn failOn) {
    return Arrays.stream(Verdict.values()).filter(failOn::failsOn).toArray(Verdict[]::new);
  }
}
