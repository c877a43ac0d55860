package io.leakwatch.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberRangesTest {
  @Test
  void numbersThatFollowEachOtherAreOneRange() {
    assertThat(NumberRanges.format(List.of())).isEmpty();
    assertThat(NumberRanges.format(List.of(7L))).isEqualTo("7");
    assertThat(NumberRanges.format(List.of(3L, 5L, 6L, 7L, 9L, 10L))).isEqualTo("3 5-7 9-10");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      List<Long> numbers = random
          .longs(random.nextInt(50), 0, 1 + random.nextInt(100))
          .sorted()
          .distinct()
          .boxed()
          .toList();
      assertThat(NumberRanges.parse(NumberRanges.format(numbers), 100)).isEqualTo(numbers);
    }
  }

  @Test
  void refusesWhatIsSomethingElse() {
    for (String bad : List.of(" ", "a", "1-", "-1", "3-2", "2 1", "1 1", "1  2", "1-2-3")) {
      assertThatThrownBy(() -> NumberRanges.parse(bad, 100))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> NumberRanges.parse("1-999999999999999999", 100))
        .hasMessage("more than 100 numbers");
    assertThat(NumberRanges.parse("1-100", 100)).hasSize(100);
  }
}
