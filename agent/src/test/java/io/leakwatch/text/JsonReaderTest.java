package io.leakwatch.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final String EVERYTHING =
      " {\"a\" : [1, -2.5e3, 0, true, false, null, {}, []],\"b\":{\"c\":\"\\u00e9\\n\\\"\\\\/x\"}} ";

  @Test
  void readsWhatJsonHas() {
    assertThat(JsonReader.read("[1, -2.5e3, 0, true, false, \"\\u00e9\\n\\\"\\\\/\", {}, []]"))
        .isEqualTo(List.of(1.0, -2500.0, 0.0, true, false, "é\n\"\\/", Map.of(), List.of()));
    assertThat(JsonReader.read("null")).isNull();
  }

  @Test
  void agreesWithJackson() throws IOException {
    Object theirs = new ObjectMapper().readValue(EVERYTHING, Object.class);

    assertThat(JsonReader.read(EVERYTHING))
        .asString()
        .isEqualTo(theirs.toString().replace("[1,", "[1.0,").replace(" 0,", " 0.0,"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "1.",
        "+1",
        "tru",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"open",
        "\"a\nb\"",
        "[1] 2",
        "nul",
        "-"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void anyBeginningOfATextIsRefusedNotMisread() {
    for (int end = 0; end < EVERYTHING.strip().length(); end++) {
      String cut = EVERYTHING.strip().substring(0, end);
      assertThatThrownBy(() -> JsonReader.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsNestedTooDeepDoesNotOverflowTheStack() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nested deeper than 64");
  }
}
