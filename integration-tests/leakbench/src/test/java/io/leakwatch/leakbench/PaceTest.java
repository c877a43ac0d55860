package io.leakwatch.leakbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final String OUTPUT = """
      LEAKBENCH begin id=p01 variant=leaky pid=7 java=17
      LEAKBENCH ready id=p01 t=%s rate=4.00
      LEAKBENCH done id=p01 variant=leaky t=27.1 requests=100 errors=0 late=%s first=%s
      """;

  @Test
  void aRunOnAQuietMachineIsPunctual() {
    Pace pace = Pace.of(OUTPUT.formatted("1.2", "0.3", "2.5"));

    assertThat(pace).isEqualTo(new Pace(1.2, 0.3, 2.5));
    assertThat(pace.isStarved()).isFalse();
  }

  @Test
  void aLateStartAndLateRequestsTellOfABusyMachine() {
    assertThat(Pace.of(OUTPUT.formatted("7.0", "0.1", "7.2")).isStarved()).isTrue();
    assertThat(Pace.of(OUTPUT.formatted("1.0", "8.1", "1.3")).isStarved()).isTrue();
  }

  @Test
  void aFirstRequestThatTakesLongTellsOfABusyMachine() {
    assertThat(Pace.of(OUTPUT.formatted("1.0", "0.0", "20.2")).isStarved()).isTrue();
  }

  @Test
  void requestsThatAllHangAreTheProgramsBusiness() {
    assertThat(Pace.of(OUTPUT.formatted("1.0", "0.0", "-0.0")).isStarved()).isFalse();
  }

  @Test
  void whatIsNotToldIsNotHeldAgainstTheMachine() {
    assertThat(Pace.of("").isStarved()).isFalse();
  }
}
