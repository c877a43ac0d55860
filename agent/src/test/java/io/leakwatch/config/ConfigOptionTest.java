package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigOptionTest {

  private static final String START = "<!-- options -->";
  private static final String END = "<!-- /options -->";

  @Test
  void readmeTableShowsEveryOptionAndNothingElse() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    assertThat(readme).containsOnlyOnce(START).containsOnlyOnce(END);
    String table = readme.substring(readme.indexOf(START) + START.length(), readme.indexOf(END));

    StringBuilder expected = new StringBuilder("\n| option | default | accepts | meaning |\n");
    expected.append("|---|---|---|---|\n");
    for (ConfigOption<?> option : ConfigOption.all()) {
      expected.append("| `" + option.key() + "` | `" + option.defaultText() + "` | ");
      expected.append(option.acceptedForm() + " | " + option.meaning() + " |\n");
    }
    assertThat(table).isEqualTo(expected.toString());
  }

  @Test
  void keysAreThoseOfTheContractInItsOrder() {
    assertThat(ConfigOption.all())
        .extracting(ConfigOption::key)
        .containsExactly(
            "mode",
            "interval",
            "warmup",
            "baseline-factor",
            "settle",
            "report-interval",
            "log",
            "json",
            "slow-task",
            "held-carrier",
            "fail-on",
            "fail-status",
            "linger",
            "exit-hang",
            "junit-xml",
            "annotations",
            "known",
            "exclude-name",
            "exclude-top-frame",
            "exclude-any-frame",
            "exclude-creator",
            "redact",
            "stack-depth",
            "config");
  }

  @ParameterizedTest
  @MethodSource("everyOption")
  void textsFitATableAndAHelpText(ConfigOption<?> option) {
    assertThat(option.key()).matches("[a-z]+(-[a-z]+)*");
    assertThat(option.meaning()).endsWith(".").doesNotContain("|", "\n").hasSizeLessThan(120);
    assertThat(option.acceptedForm()).isNotBlank().doesNotContain("|", "\n");
    assertThat(option.defaultValue()).isEqualTo(option.parse(option.defaultText()));
  }

  static Stream<ConfigOption<?>> everyOption() {
    return ConfigOption.all().stream();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "10s, 10000",
    "5m, 300000",
    "2h, 7200000",
    "100ms, 100",
    "720h, 2592000000"
  })
  void durationsHaveAUnit(String text, long millis) {
    assertThat(ConfigOption.INTERVAL.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "s",
        "ms",
        "10 s",
        "10sec",
        "-1s",
        "+1s",
        "1.5s",
        "99ms",
        "0s",
        "721h",
        "1d",
        "10S",
        "999999999999999999999999s",
        "9999999999999h",
        "١٠s",
        "off",
        " 10s"
      })
  void otherDurationsAreRefused(String text) {
    assertThat(ConfigOption.INTERVAL.parse(text)).isNull();
  }

  @Test
  void warmupMayBeZero() {
    assertThat(ConfigOption.WARMUP.parse("0s")).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"1.01, 1.01", "2, 2.0", "1000, 1000.0", "1.5, 1.5"})
  void factorIsANumberOverOne(String text, double factor) {
    assertThat(ConfigOption.BASELINE_FACTOR.parse(text)).isEqualTo(factor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "0.5",
        "-2",
        "NaN",
        "Infinity",
        "1e1",
        "0x1p3",
        "2d",
        "2.",
        ".5",
        "1000.1",
        "2,0",
        "2.0.0"
      })
  void otherFactorsAreRefused(String text) {
    assertThat(ConfigOption.BASELINE_FACTOR.parse(text)).isNull();
  }

  @Test
  void wholeNumbersStayInTheirRange() {
    assertThat(ConfigOption.SETTLE.parse("1")).isEqualTo(1);
    assertThat(ConfigOption.SETTLE.parse("100")).isEqualTo(100);
    assertThat(ConfigOption.FAIL_STATUS.parse("0")).isZero();
    assertThat(ConfigOption.FAIL_STATUS.parse("255")).isEqualTo(255);
    assertThat(ConfigOption.STACK_DEPTH.parse("1024")).isEqualTo(1024);
    for (String text : List.of("0", "101", "-1", "+1", "1.0", "", "x", "99999999999999999999")) {
      assertThat(ConfigOption.SETTLE.parse(text)).as(text).isNull();
    }
    assertThat(ConfigOption.FAIL_STATUS.parse("256")).isNull();
    assertThat(ConfigOption.STACK_DEPTH.parse("1025")).isNull();
  }

  @Test
  void verdictsAreReadInAnyCase() {
    assertThat(ConfigOption.FAIL_ON.parse("never")).isEqualTo(FailOn.NEVER);
    assertThat(ConfigOption.FAIL_ON.parse("CONFIRMED")).isEqualTo(FailOn.CONFIRMED);
    assertThat(ConfigOption.FAIL_ON.parse("retracted")).isNull();
    assertThat(ConfigOption.FAIL_ON.parse("")).isNull();
  }

  @Test
  void logIsAStreamOrAFile() {
    assertThat(ConfigOption.LOG.parse("STDOUT")).isEqualTo("stdout");
    assertThat(ConfigOption.LOG.parse("/var/log/my app 100%.log"))
        .isEqualTo("/var/log/my app 100%.log");
    assertThat(ConfigOption.LOG.parse("./off")).isEqualTo("./off");
    assertThat(ConfigOption.LOG.parse("off")).isNull();
    assertThat(ConfigOption.LOG.parse("")).isNull();
    assertThat(ConfigOption.LOG.parse("  ")).isNull();
  }

  @Test
  void jsonIsOffStandardOutputOrAFile() {
    assertThat(ConfigOption.JSON.parse("Off")).isEmpty();
    assertThat(ConfigOption.JSON.parse("")).isEmpty();
    assertThat(ConfigOption.JSON.parse("stdout")).isEqualTo("stdout");
    assertThat(ConfigOption.JSON.parse("leaks.json")).isEqualTo("leaks.json");
    assertThat(ConfigOption.JSON.parse("stderr")).isNull();
  }

  @Test
  void slowTaskMayBeOff() {
    assertThat(ConfigOption.SLOW_TASK.parse("off")).isEqualTo(Duration.ZERO);
    assertThat(ConfigOption.SLOW_TASK.parse("0s")).isNull();
    assertThat(ConfigOption.SLOW_TASK.parse("1m")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void exclusionsAreNoneOrPatterns() {
    assertThat(ConfigOption.EXCLUDE_NAME.parse("none")).isEmpty();
    assertThat(ConfigOption.EXCLUDE_NAME.parse("a*;b"))
        .containsExactly(new NamePattern("a*"), new NamePattern("b"));
  }
}
