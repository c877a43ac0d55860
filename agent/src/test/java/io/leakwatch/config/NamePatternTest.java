package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "pool-*, pool-7-thread-1",
    "*-worker, http-worker",
    "*a*b*, xxaxxbxx",
    "http-?, http-1",
    "*, anything",
    "*, ''",
    "**, ''",
    "plain, plain",
    "a*a, aa",
    "*ab, aab",
    "*a?c*d, xabcaxcyd",
    "com.acme.Pool.*, com.acme.Pool.take",
  })
  void matchesTheWholeName(String glob, String name) {
    assertThat(new NamePattern(glob).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "pool-*, my-pool-7",
    "*-worker, http-worker-1",
    "http-?, http-",
    "http-?, http-12",
    "plain, plainer",
    "plain, plai",
    "Plain, plain",
    "a*a, a",
    "a.c, abc",
    "[ab], a",
    "?, ''",
    "a, ''",
  })
  void doesNotMatchWhatDiffers(String glob, String name) {
    assertThat(new NamePattern(glob).matches(name)).isFalse();
  }

  @Test
  void agreesWithARegularExpressionOnShortNames() {
    Random random = new Random(42);
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      String glob = text(random, "ab*?", 6);
      String name = text(random, "ab", 6);
      boolean expected = Pattern.matches(glob.replace("?", ".").replace("*", ".*"), name);
      assertThat(new NamePattern(glob).matches(name))
          .as("%s on %s", glob, name)
          .isEqualTo(expected);
      matches += expected ? 1 : 0;
    }
    assertThat(matches).isBetween(1_000, 19_000);
  }

  @Test
  void takesNoExponentialTimeOnAPatternMadeForIt() {
    NamePattern pattern = new NamePattern("*a".repeat(200) + "b");
    String name = "a".repeat(5_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(pattern.matches(name)).isFalse());
  }

  @Test
  void severalAreSeparatedBySemicolons() {
    assertThat(NamePattern.listOf(" pool-* ; http-?;;worker "))
        .containsExactly(
            new NamePattern("pool-*"), new NamePattern("http-?"), new NamePattern("worker"));
    assertThat(NamePattern.listOf("")).isEmpty();
    assertThat(NamePattern.listOf(" ; ;")).isEmpty();
  }

  @Test
  void oneMatchingPatternIsEnough() {
    List<NamePattern> patterns = NamePattern.listOf("pool-*;http-*");
    assertThat(NamePattern.anyMatches(patterns, "http-1")).isTrue();
    assertThat(NamePattern.anyMatches(patterns, "main")).isFalse();
    assertThat(NamePattern.anyMatches(List.of(), "main")).isFalse();
  }

  private static String text(Random random, String alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(longest + 1); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
