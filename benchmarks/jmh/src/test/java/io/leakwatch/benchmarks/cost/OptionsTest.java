package io.leakwatch.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void quickChoosesTheShortNumberUnlessOneIsGiven() {
    Options quick = new Options(List.of("--quick", "--slices", "7"));
    assertThat(quick.number("--rounds", 5, 1)).isEqualTo(1);
    assertThat(quick.number("--slices", 20, 1)).isEqualTo(7);
    assertThat(new Options(List.of()).number("--rounds", 5, 1)).isEqualTo(5);
  }

  @Test
  void aListThatIsNotGivenNamesEverything() {
    assertThat(new Options(List.of()).names("--rows", "POOL_1")).isTrue();
    Options some = new Options(List.of("--rows", "POOL_2,POOL_1"));
    assertThat(some.names("--rows", "POOL_1")).isTrue();
    assertThat(some.names("--rows", "POOL")).isFalse();
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> new Options(List.of("--rownds", "5")))
        .hasMessageContaining("--rownds");
    assertThatThrownBy(() -> new Options(List.of("--rounds"))).hasMessageContaining("--rounds");
    assertThatThrownBy(() -> new Options(List.of("--rounds", "many")).number("--rounds", 5, 1))
        .hasMessage("--rounds takes a whole number, not many");
  }
}
