package io.leakwatch.leakbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final String OUTPUT = """
      LEAKBENCH begin id=p01 variant=leaky pid=7 java=17
      LEAKBENCH ready id=p01 t=%s rate=4.00
      LEAKBENCH done id=p01 variant=leaky t=27.1 requests=100 errors=0 late=%s
      """;

  @Test
  void aRunOnAQuietMachineIsPunctual() {
    Pace pace = Pace.of(OUTPUT.formatted("1.2", "0.3"));

    assertThat(pace).isEqualTo(new Pace(1.2, 0.3));
    assertThat(pace.isStarved()).isFalse();
  }

  @Test
  void aLateStartAndLateRequestsTellOfABusyMachine() {
    assertThat(Pace.of(OUTPUT.formatted("7.0", "0.1")).isStarved()).isTrue();
    assertThat(Pace.of(OUTPUT.formatted("1.0", "8.1")).isStarved()).isTrue();
  }

  @Test
  void whatIsNotToldIsNotHeldAgainstTheMachine() {
    assertThat(Pace.of("").isStarved()).isFalse();
  }
}
