package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void leavesOrdinaryTextAsItIs() {
    String text = "C:\\logs\\größe 100% \"日本\" 😀.log";
    assertThat(OneLine.escape(text)).isEqualTo(text);
  }

  @Test
  void writesWhatEndsALineOrSteersATerminalAsEscapes() {
    assertThat(OneLine.escape("a\nb\rc\td\0e\u001b[31mf\u2028g\u2029h\u0085i\u202ej"))
        .isEqualTo("a\\nb\\rc\\td\\u0000e\\u001b[31mf\\u2028g\\u2029h\\u0085i\\u202ej");
  }

  @Test
  void writesHalfACharacterAsAnEscape() {
    assertThat(OneLine.escape("\ud83d|\ude00|\udb40\udc01"))
        .isEqualTo("\\ud83d|\\ude00|\\udb40\\udc01");
  }

  @Test
  void shortensWhatItQuotes() {
    assertThat(OneLine.quote("a b")).isEqualTo("\"a b\"");
    assertThat(OneLine.quote("x".repeat(5_000)))
        .isEqualTo("\"" + "x".repeat(200) + "…\" (5000 characters)");
  }
}
