package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.text.Garbage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the text is: no exception, a valid configuration, lines that are lines. */
class ConfigParserGarbageTest {
  private static final List<String> PIECES = List.of(
      ",",
      "=",
      "\"",
      "\\",
      "\\,",
      " ",
      "\n",
      "\r",
      "\0",
      "\u001b",
      "\u2028",
      "\ud800",
      "%",
      "#",
      ";",
      "*",
      "?",
      "-",
      "_",
      ".",
      "é",
      "日",
      "0",
      "1",
      "9",
      "99999999999",
      "ms",
      "s",
      "m",
      "h",
      "1s",
      "1.5",
      "off",
      "none",
      "stdout",
      "stderr",
      "proven",
      "x",
      "expires=",
      "2026-01-01",
      "7f3a9c21b0d4",
      "../",
      "C:\\",
      "leakwatch.",
      "LEAKWATCH_");

  private static final Path FILE = Garbage.file();

  @Property(tries = 500)
  void anySourceIsTaken(
      @ForAll("settings") Map<String, String> properties,
      @ForAll("settings") Map<String, String> variables,
      @ForAll("arguments") String argument) {
    Map<String, String> named = new HashMap<>();
    properties.forEach((key, value) -> named.put("leakwatch." + key, value));
    Map<String, String> environment = new HashMap<>();
    variables.forEach((key, value) -> environment.put(OptionNames.variable(key), value));

    check(ConfigParser.parse(new ConfigSources(named, environment, argument)));
  }

  @Property(tries = 500)
  void anyFileOfOptionsIsTaken(@ForAll("contents") byte[] content) throws IOException {
    Files.write(FILE, content);

    check(ConfigParser.parse(ConfigSources.ofArgument("config=" + FILE)));
  }

  @Property(tries = 500)
  void anyFileOfKnownFindingsIsTaken(@ForAll("contents") byte[] content) throws IOException {
    Files.write(FILE, content);

    assertThat(KnownFindings.read(FILE.toString(), LocalDate.of(2026, 1, 31)).warnings())
        .allSatisfy(ConfigParserGarbageTest::checkLine);
  }

  @Property(tries = 500)
  void anyValueWithoutQuotesSurvivesQuoting(@ForAll("texts") String text) {
    String value = text.replace("\"", "") + "x";

    ParsedConfig parsed =
        ConfigParser.parse(ConfigSources.ofArgument("settle=7,log=\"" + value + "\",warmup=9s"));

    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.config().log()).isEqualTo(value);
    assertThat(parsed.config().settle()).isEqualTo(7);
    assertThat(parsed.config().warmup()).isEqualTo(Duration.ofSeconds(9));
  }

  private static void check(ParsedConfig parsed) {
    AgentConfig config = parsed.config();
    assertThat(config.interval()).isBetween(Duration.ofMillis(100), Duration.ofDays(30));
    assertThat(config.warmup()).isBetween(Duration.ZERO, Duration.ofDays(30));
    assertThat(config.baselineFactor()).isGreaterThan(1).isLessThanOrEqualTo(1000);
    assertThat(config.settle()).isBetween(1, 100);
    assertThat(config.reportInterval()).isBetween(Duration.ofMillis(100), Duration.ofDays(30));
    assertThat(config.log()).isNotBlank();
    assertThat(config.failStatus()).isBetween(0, 255);
    assertThat(config.stackDepth()).isBetween(1, 1024);
    assertThat(parsed.warnings()).allSatisfy(ConfigParserGarbageTest::checkLine);
    checkLine(parsed.effectiveLine());
    for (ConfigOption<?> option : ConfigOption.all()) {
      assertThat(" " + parsed.effectiveLine()).contains(" " + option.key() + "=");
    }
  }

  private static void checkLine(String line) {
    assertThat(line).isNotBlank();
    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c)
            || c == '\u2028'
            || Character.getType(c) == Character.SURROGATE);
  }

  @Provide
  Arbitrary<String> texts() {
    return Garbage.texts(PIECES, 6);
  }

  @Provide
  Arbitrary<Map<String, String>> settings() {
    return Arbitraries.maps(keys(), texts()).ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> arguments() {
    return settings("=").list().ofMaxSize(5).map(settings -> String.join(",", settings));
  }

  /** Of a file: any bytes, or lines that look like some. */
  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<String> line = Arbitraries.oneOf(settings("="), settings(" "), texts());
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300),
        line.list()
            .ofMaxSize(8)
            .map(lines -> String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
  }

  private Arbitrary<String> settings(String between) {
    return Combinators.combine(keys(), texts()).as((key, value) -> key + between + value);
  }

  private Arbitrary<String> keys() {
    List<String> names = ConfigOption.all().stream().map(ConfigOption::key).toList();
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(names)),
        Tuple.of(1, Arbitraries.of("7f3a9c21b0d4", "000000000000")),
        Tuple.of(1, texts()));
  }
}
