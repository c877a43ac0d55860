package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginsTest {
  private final Origins<String> origins = new Origins<>();

  @Test
  void givesAGroupTheSameNumberInEverySampleThatFindsIt() {
    long quotes = origins.number("quotes");
    long orders = origins.number("orders");
    assertThat(origins.number("quotes")).isEqualTo(quotes).isNotEqualTo(orders);
    origins.endSample();

    assertThat(origins.number("orders")).isEqualTo(orders);
    assertThat(origins.number("quotes")).isEqualTo(quotes);
  }

  @Test
  void givesAGroupThatWasGoneMeanwhileANewNumber() {
    long before = origins.number("quotes");
    origins.endSample();
    origins.number("orders");
    origins.endSample();

    assertThat(origins.number("quotes")).isGreaterThan(before);
  }

  /** 0 stands for no executor. */
  @Test
  void neverGivesZero() {
    assertThat(origins.number("quotes")).isPositive();
  }
}
