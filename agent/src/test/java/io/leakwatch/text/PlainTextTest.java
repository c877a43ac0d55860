package io.leakwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void leavesPrintableTextAlone() {
    String text = "pool-1 «Grüße» 東京 😀 {} %d \\n \"";
    assertThat(PlainText.of(text)).isEqualTo(text);
  }

  @Test
  void escapesWhatMovesTheCursorEndsALineOrTurnsTheDirection() {
    assertThat(PlainText.of("a\tb\nc\rd\u0000\u001b[31m\u007f\u0085\u2028\u2029\u202e\u200b\ufeff"))
        .isEqualTo(
            "a\\tb\\nc\\rd\\u0000\\u001b[31m\\u007f\\u0085\\u2028\\u2029\\u202e\\u200b\\ufeff");
  }

  @Test
  void escapesHalvesOfSurrogatePairs() {
    assertThat(PlainText.of("a\ud83d b\ude00 \ude00\ud83d"))
        .isEqualTo("a\\ud83d b\\ude00 \\ude00\\ud83d");
  }

  @Test
  void cutsLongTextButNotThroughAPair() {
    assertThat(PlainText.of("abcdef", 6)).isEqualTo("abcdef");
    assertThat(PlainText.of("abcdefg", 6)).isEqualTo("abcdef…");
    assertThat(PlainText.of("abc\n\n\n\n", 5)).isEqualTo("abc\\n\\n…");
    assertThat(PlainText.of("😀😀😀", 3)).isEqualTo("😀😀…");
    assertThat(PlainText.of("😀😀", 3)).isEqualTo("😀😀");
  }

  @Test
  void writesHalfACharacterAsAnEscape() {
    assertThat(PlainText.of("\ud83d|\ude00|\udb40\udc01"))
        .isEqualTo("\\ud83d|\\ude00|\\udb40\\udc01");
  }

  @Test
  void shortensWhatItQuotes() {
    assertThat(PlainText.quote("a b")).isEqualTo("\"a b\"");
    assertThat(PlainText.quote("x".repeat(5_000)))
        .isEqualTo("\"" + "x".repeat(200) + "…\" (5000 characters)");
  }
}
