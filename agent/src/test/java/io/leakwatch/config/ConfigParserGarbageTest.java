package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private final Path directory;

  ConfigParserGarbageTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void neverThrowsOnRandomSources() {
    Random random = new Random(20260131);
    for (int i = 0; i < 5_000; i++) {
      Map<String, String> properties = new HashMap<>();
      Map<String, String> environment = new HashMap<>();
      for (int k = random.nextInt(3); k > 0; k--) {
        properties.put("leakwatch." + keyOrGarbage(random), garbage(random));
        environment.put(OptionNames.variable(keyOrGarbage(random)), garbage(random));
      }
      check(ConfigParser.parse(new ConfigSources(properties, environment, argument(random))));
    }
  }

  @Test
  void neverThrowsOnARandomFile() throws IOException {
    Random random = new Random(7);
    Path file = directory.resolve("garbage");
    int problems = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      Files.write(file, bytes);
      check(ConfigParser.parse(ConfigSources.ofArgument("config=" + file)));
      Files.writeString(file, argument(random).replace(',', '\n').replace('\ud800', 'x'));
      check(ConfigParser.parse(ConfigSources.ofArgument("config=" + file)));
      KnownFindings known = KnownFindings.read(file.toString(), LocalDate.of(2026, 1, 31));
      assertThat(known.warnings()).allSatisfy(ConfigParserGarbageTest::checkLine);
      problems += known.warnings().size();
    }
    assertThat(problems).isPositive();
  }

  @Test
  void everyValueWithoutQuotesSurvivesQuoting() {
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      String value = garbage(random).replace("\"", "") + "x";
      ParsedConfig parsed =
          ConfigParser.parse(ConfigSources.ofArgument("settle=7,log=\"" + value + "\",warmup=9s"));
      assertThat(parsed.warnings()).isEmpty();
      assertThat(parsed.config().log()).isEqualTo(value);
      assertThat(parsed.config().settle()).isEqualTo(7);
      assertThat(parsed.config().warmup()).isEqualTo(Duration.ofSeconds(9));
    }
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
    assertThat(line.chars())
        .noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\ud800');
  }

  private static String argument(Random random) {
    StringBuilder argument = new StringBuilder();
    for (int pairs = random.nextInt(5); pairs > 0; pairs--) {
      argument.append(keyOrGarbage(random)).append('=').append(garbage(random)).append(',');
    }
    return argument.append(garbage(random)).toString();
  }

  private static String keyOrGarbage(Random random) {
    List<ConfigOption<?>> options = ConfigOption.all();
    return random.nextInt(4) == 0
        ? garbage(random)
        : options.get(random.nextInt(options.size())).key();
  }

  private static String garbage(Random random) {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
