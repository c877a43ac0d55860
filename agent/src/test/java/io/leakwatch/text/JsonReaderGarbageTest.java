package io.leakwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file of reports holds: no exception but the documented one, no endless loop, no deep stack. */
@SuppressWarnings("StringConcatToTextBlock") // ErrorProne stumbles over the pieces
class JsonReaderGarbageTest {
  private static final ObjectMapper STRICT = new ObjectMapper();
  private static final List<String> PIECES = List.of(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"",
      "\\",
      "\\u",
      "\\u12",
      "\"a\"",
      "null",
      "true",
      "1",
      "-",
      "1e999",
      "0x1",
      " ",
      "\"findings\"",
      "[[[[[[[[",
      "\ud800");

  @Property(tries = 2_000)
  void takesWhatAnotherReaderTakesAndRefusesTheRestInOneLine(@ForAll("texts") String text) {
    Optional<String> refusal = refusal(text);
    refusal.ifPresent(line -> assertThat(line).isNotBlank().doesNotContain("\n", "\u001b"));
    if (isJson(text)) {
      assertThat(refusal).isEmpty();
    }
  }

  @Property(tries = 20)
  void deepNestingIsRefusedToo(@ForAll("depths") int depth) {
    assertThat(refusal("[".repeat(depth))).isPresent();
    assertThat(refusal("{\"a\":".repeat(depth))).isPresent();
  }

  /** The message of the documented exception; any other one fails the test. */
  private static Optional<String> refusal(String text) {
    try {
      JsonReader.read(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = STRICT.createParser(text)) {
      return STRICT.readTree(parser) != null && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Garbage.texts(PIECES, 20);
  }

  @Provide
  Arbitrary<Integer> depths() {
    return Arbitraries.of(10, 1_000, 100_000, 1_000_000);
  }
}
