package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigParserTest {

  private static final AgentConfig DEFAULTS = new AgentConfig(
      Duration.ofSeconds(10),
      Duration.ofSeconds(60),
      2.0,
      3,
      Duration.ofSeconds(60),
      "stderr",
      "",
      Duration.ofSeconds(30),
      Duration.ofSeconds(10),
      FailOn.NEVER,
      86,
      null,
      ExclusionPatterns.NONE,
      List.of(),
      64,
      ExitOptions.NONE);

  private final Path directory;

  ConfigParserTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void nothingGivenMeansDefaults() {
    ParsedConfig parsed = ConfigParser.parse(ConfigSources.ofArgument(null));
    assertThat(parsed)
        .isEqualTo(new ParsedConfig(
            DEFAULTS,
            List.of(),
            "mode=production interval=10s warmup=60s baseline-factor=2.0 settle=3 report-interval=60s"
                + " log=stderr json=off slow-task=30s held-carrier=10s fail-on=never fail-status=86"
                + " linger=0s exit-hang=off junit-xml=off annotations=off known=off"
                + " exclude-name=none exclude-top-frame=none exclude-any-frame=none"
                + " exclude-creator=none redact=none stack-depth=64 config=off"));
  }

  @Test
  void everyOptionReachesItsComponent() {
    ParsedConfig parsed =
        argument("interval=1s,warmup=2s,baseline-factor=1.5,settle=4,report-interval=5s,log=a.log,"
            + "json=b.json,slow-task=off,held-carrier=3s,fail-on=proven,fail-status=7,linger=1s,exit-hang=5s,"
            + "junit-xml=x.xml,annotations=github,known=k.txt,"
            + "exclude-name=n*,exclude-top-frame=t*,exclude-any-frame=f*;g*,"
            + "exclude-creator=c*,redact=r*,stack-depth=8");
    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.config())
        .isEqualTo(new AgentConfig(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            1.5,
            4,
            Duration.ofSeconds(5),
            "a.log",
            "b.json",
            null,
            Duration.ofSeconds(3),
            FailOn.PROVEN,
            7,
            "k.txt",
            new ExclusionPatterns(
                List.of(new NamePattern("n*")),
                List.of(new NamePattern("t*")),
                List.of(new NamePattern("f*"), new NamePattern("g*")),
                List.of(new NamePattern("c*"))),
            List.of(new NamePattern("r*")),
            8,
            new ExitOptions(Duration.ofSeconds(1), "x.xml", true, Duration.ofSeconds(5))));
  }

  @Test
  void aRedactionWithoutAPatternIsSaid() {
    ParsedConfig parsed = argument("redact=; ;");
    assertThat(parsed.config().redact()).isEmpty();
    assertThat(parsed.warnings())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("redact", "\"; ;\"", "patterns with * and ?"));
    assertThat(argument("redact=").warnings()).isEmpty();
  }

  @Test
  void aModeSetsDefaultsThatEverySourceOverrides() {
    ParsedConfig parsed = argument("mode=ci,interval=1s");
    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.config().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(parsed.config().warmup()).isEqualTo(Duration.ofSeconds(2));
    assertThat(parsed.config().failOn()).isEqualTo(FailOn.CONFIRMED);
    assertThat(parsed.config().exit())
        .isEqualTo(new ExitOptions(Duration.ofSeconds(2), "", false, Duration.ofSeconds(30)));
    assertThat(parsed.effectiveLine())
        .startsWith("mode=ci (agent argument) interval=1s (agent argument) warmup=2s (mode) ");
  }

  @Test
  void annotationsAreForWhereTheyAreShown() {
    Map<String, String> github = Map.of("GITHUB_ACTIONS", "true");
    assertThat(ConfigParser.parse(new ConfigSources(Map.of(), github, "annotations=auto"))
            .config()
            .exit()
            .githubAnnotations())
        .isTrue();
    assertThat(argument("annotations=auto").config().exit().githubAnnotations()).isFalse();
    assertThat(argument("annotations=github").config().exit().githubAnnotations())
        .isTrue();
    assertThat(ConfigParser.parse(new ConfigSources(Map.of(), github, null))
            .config()
            .exit()
            .githubAnnotations())
        .isFalse();
  }

  @Test
  void whatTheJunitExtensionReadsIsNoUnknownOption() {
    Map<String, String> properties = Map.of("leakwatch.junit.linger", "1s");
    assertThat(ConfigParser.parse(new ConfigSources(properties, Map.of(), null)).warnings())
        .isEmpty();
  }

  @Test
  void theStrongestSourceWinsAndIsNamed() throws IOException {
    String file = write(
        "# what operations agreed on",
        "",
        "interval = 1s",
        "warmup=1s",
        "settle=1",
        "stack-depth=1",
        "log=C:\\logs\\leaks.log");
    ParsedConfig parsed = ConfigParser.parse(new ConfigSources(
        Map.of("leakwatch.interval", "4s", "user.dir", "/"),
        Map.of("LEAKWATCH_INTERVAL", "3s", "LEAKWATCH_WARMUP", " 3s ", "PATH", "/bin"),
        "interval=2s,warmup=2s,settle=2,fail-on=confirmed,config=" + file));
    assertThat(parsed.warnings()).isEmpty();
    AgentConfig config = parsed.config();
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.warmup()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.settle()).isEqualTo(2);
    assertThat(config.stackDepth()).isEqualTo(1);
    assertThat(config.log()).isEqualTo("C:\\logs\\leaks.log");
    assertThat(parsed.effectiveLine())
        .isEqualTo(
            "mode=production interval=4s (system property) warmup=3s (environment) baseline-factor=2.0"
                + " settle=2 (agent argument) report-interval=60s"
                + " log=C:\\logs\\leaks.log (config file) json=off slow-task=30s held-carrier=10s"
                + " fail-on=confirmed (agent argument) fail-status=86 linger=0s exit-hang=off junit-xml=off"
                + " annotations=off known=off exclude-name=none"
                + " exclude-top-frame=none exclude-any-frame=none exclude-creator=none"
                + " redact=none stack-depth=1 (config file) config="
                + file
                + " (agent argument)");
  }

  @Test
  void theConfigFileMayBeNamedByAnyOtherSource() throws IOException {
    String file = write("settle=9");
    assertThat(ConfigParser.parse(properties(Map.of("leakwatch.config", file)))
            .config()
            .settle())
        .isEqualTo(9);
    assertThat(ConfigParser.parse(environment(Map.of("LEAKWATCH_CONFIG", file)))
            .config()
            .settle())
        .isEqualTo(9);
    assertThat(argument("config=" + file).config().settle()).isEqualTo(9);
  }

  @Test
  void everyOptionHasItsPropertyAndItsVariable() {
    ParsedConfig byProperty = ConfigParser.parse(properties(Map.of("leakwatch.fail-on", "proven")));
    ParsedConfig byVariable =
        ConfigParser.parse(environment(Map.of("LEAKWATCH_FAIL_ON", "proven")));
    assertThat(byProperty.config().failOn()).isEqualTo(FailOn.PROVEN);
    assertThat(byVariable.config().failOn()).isEqualTo(FailOn.PROVEN);
    assertThat(byProperty.warnings()).isEmpty();
    assertThat(byVariable.warnings()).isEmpty();
  }

  @Test
  void aBadValueIsOneWarningThatSaysWhatWouldBeRightAndTheDefaultIsUsed() throws IOException {
    String file = write("", "settle=0");
    ParsedConfig parsed = ConfigParser.parse(new ConfigSources(
        Map.of("leakwatch.interval", "1"),
        Map.of("LEAKWATCH_FAIL_ON", "always"),
        "baseline-factor=1,json=stderr,config=" + file));
    assertThat(parsed.config()).isEqualTo(DEFAULTS);
    assertThat(parsed.warnings())
        .containsExactly(
            "interval: \"1\" (system property leakwatch.interval) is not a duration such as 500ms,"
                + " 10s or 5m (100ms to 720h); the default 10s is used",
            "baseline-factor: \"1\" (agent argument) is not a number over 1, at most 1000;"
                + " the default 2.0 is used",
            "settle: \"0\" (config file "
                + file
                + ", line 2) is not a whole number from 1 to 100; the default 3 is used",
            "json: \"stderr\" (agent argument) is not off, stdout or a file;"
                + " the default off is used",
            "fail-on: \"always\" (environment variable LEAKWATCH_FAIL_ON) is not one of never,"
                + " proven, confirmed, suspected; the default never is used");
    assertThat(parsed.effectiveLine())
        .startsWith("mode=production interval=10s warmup=60s baseline-factor=2.0 settle=3 ");
  }

  @Test
  void anUnknownOptionIsOneWarningInTheSpellingOfItsSource() throws IOException {
    String file = write("setle=4");
    ParsedConfig parsed = ConfigParser.parse(new ConfigSources(
        Map.of("leakwatch.report.interval", "1s"),
        Map.of("LEAKWATCH_FAILON", "proven", "LEAKWATCH_fail_status", "1"),
        "intervall=1s,frobnicate=yes,config=" + file));
    assertThat(parsed.config()).isEqualTo(DEFAULTS);
    assertThat(parsed.warnings())
        .containsExactly(
            "unknown option \"leakwatch.report.interval\" (system property);"
                + " it is ignored, did you mean leakwatch.report-interval?",
            "unknown option \"LEAKWATCH_FAILON\" (environment variable);"
                + " it is ignored, did you mean LEAKWATCH_FAIL_ON?",
            "unknown option \"LEAKWATCH_fail_status\" (environment variable);"
                + " it is ignored, did you mean LEAKWATCH_FAIL_STATUS?",
            "unknown option \"intervall\" (agent argument); it is ignored, did you mean interval?",
            "unknown option \"frobnicate\" (agent argument); it is ignored",
            "unknown option \"setle\" (config file "
                + file
                + ", line 1); it is ignored, did you mean settle?");
  }

  @ParameterizedTest
  @CsvSource({
    "intreval, interval",
    "Interval, interval",
    "report_interval, report-interval",
    "warm-up, warmup",
    "baselinefactor, baseline-factor",
    "exclude-names, exclude-name",
    "excludeanyframe, exclude-any-frame",
    "jsn, json",
    "lg, log",
  })
  void theClosestKeyIsSuggested(String unknown, String meant) {
    assertThat(argument(unknown + "=1").warnings())
        .containsExactly("unknown option \""
            + unknown
            + "\" (agent argument); it is ignored, did you mean "
            + meant
            + "?");
  }

  @Test
  void aValueThatIsOverriddenIsNotLookedAt() {
    ParsedConfig parsed = ConfigParser.parse(
        new ConfigSources(Map.of("leakwatch.settle", "5"), Map.of(), "settle=many"));
    assertThat(parsed.config().settle()).isEqualTo(5);
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void ofAKeyGivenTwiceTheLastCounts() throws IOException {
    ParsedConfig parsed = argument("settle=4,settle=5,config=" + write("warmup=1s", "warmup=2s"));
    assertThat(parsed.config().settle()).isEqualTo(5);
    assertThat(parsed.config().warmup()).isEqualTo(Duration.ofSeconds(2));
    assertThat(parsed.warnings())
        .containsExactly(
            "settle: given twice (agent argument); the last one is used",
            "warmup: given twice (config file "
                + new File(directory.toFile(), "leakwatch.conf")
                + ", line 2); the last one is used");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "log=/var/a b/100%.log                | /var/a b/100%.log",
        "log=C:\\logs\\x.log                  | C:\\logs\\x.log",
        "log=\"a,b=c%d e\"                    | a,b=c%d e",
        "log=a\\,b                            | a,b",
        "log=a=b                              | a=b",
        "log=\" a \"                          | ' a '",
        "log=\"C:\\dir\\\"                    | C:\\dir\\",
        "log=a\"b                             | a\"b",
        "log = x ,                            | x",
        ",,log=x,,                            | x",
        "settle=5,log=\"a,b\" , stack-depth=9 | a,b",
        "log=a\\                              | a\\",
      })
  void valuesMayHoldWhatPathsHold(String argument, String log) {
    ParsedConfig parsed = argument(argument);
    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.config().log()).isEqualTo(log);
  }

  @Test
  void aBadPartOfTheArgumentIsOneWarningAndTheRestIsUsed() {
    ParsedConfig parsed = argument(
        "debug,log=\"a.log\"x,settle=4,=5,json=\"b.json,stack-depth=5, interval , fail-status=");
    assertThat(parsed.config().settle()).isEqualTo(4);
    assertThat(parsed.config().stackDepth()).isEqualTo(5);
    assertThat(parsed.config().log()).isEqualTo("stderr");
    assertThat(parsed.config().json()).isEmpty();
    assertThat(parsed.warnings())
        .containsExactly(
            "\"debug\" (agent argument) is not key=value; it is ignored",
            "\"log\": \"x\" after the closing double quotes (agent argument); it is ignored",
            "unknown option \"\" (agent argument); it is ignored",
            "\"json\": the double quotes are not closed (agent argument); it is ignored",
            "\"interval\" (agent argument) is not key=value; it is ignored",
            "fail-status: \"\" (agent argument) is not a whole number from 0 to 255;"
                + " the default 86 is used");
  }

  @Test
  void aConfigFileThatCannotBeReadIsOneWarning() {
    File missing = new File(directory.toFile(), "no\nsuch.conf");
    assertThat(argument("settle=4,config=" + missing)).satisfies(parsed -> {
      assertThat(parsed.config().settle()).isEqualTo(4);
      assertThat(parsed.warnings())
          .containsExactly("config: \""
              + directory
              + "/no\\nsuch.conf\" (agent argument) cannot be read:"
              + " it does not exist; no config file is used");
    });
    assertThat(ConfigParser.parse(environment(Map.of("LEAKWATCH_CONFIG", directory.toString())))
            .warnings())
        .containsExactly("config: \""
            + directory
            + "\" (environment variable LEAKWATCH_CONFIG) cannot be read:"
            + " it is not a regular file; no config file is used");
  }

  @Test
  void aConfigFileOfTheWrongSizeIsOneWarning() throws IOException {
    String file = write("#".repeat(LineFile.MAX_BYTES));
    assertThat(argument("config=" + file).warnings())
        .containsExactly("config: \""
            + file
            + "\" (agent argument) cannot be read: it is larger than 1048576 bytes;"
            + " no config file is used");
  }

  @Test
  void aBadLineOfTheConfigFileIsOneWarning() throws IOException {
    String file = write("\uFEFFsettle=4\r", "nonsense", "config=other.conf", "log=\"a b.log\"");
    ParsedConfig parsed = argument("config=" + file);
    assertThat(parsed.config().settle()).isEqualTo(4);
    assertThat(parsed.config().log()).isEqualTo("a b.log");
    assertThat(parsed.warnings())
        .containsExactly(
            "\"nonsense\" (config file " + file + ", line 2) is not key=value; it is ignored",
            "config: a config file cannot name another one (config file "
                + file
                + ", line 3); it is ignored");
  }

  @Test
  void controlCharactersNeverReachALine() {
    ParsedConfig parsed = ConfigParser.parse(new ConfigSources(
        Map.of("leakwatch.a\nb", "x"),
        Map.of("LEAKWATCH_LOG", "a\nb c"),
        "interval=1\u001b[31m,x\ny=1,z\r"));
    assertThat(parsed.warnings())
        .containsExactly(
            "unknown option \"leakwatch.a\\nb\" (system property); it is ignored",
            "unknown option \"x\\ny\" (agent argument); it is ignored",
            "\"z\" (agent argument) is not key=value; it is ignored",
            "interval: \"1\\u001b[31m\" (agent argument) is not a duration such as 500ms, 10s or"
                + " 5m (100ms to 720h); the default 10s is used");
    assertThat(parsed.effectiveLine()).contains(" log=\"a\\nb c\" (environment) ");
  }

  @Test
  void anArgumentCanBeCheckedAloneWithoutReadingTheFileItNames() {
    assertThat(ConfigParser.problemsOf("interval=1s,config=no-such.conf")).isEmpty();
    assertThat(ConfigParser.problemsOf("interval=1,intervall=2,config="))
        .containsExactly(
            "unknown option \"intervall\" (agent argument), did you mean interval?",
            "interval: \"1\" (agent argument) is not a duration such as 500ms, 10s or 5m"
                + " (100ms to 720h)");
  }

  @Test
  void thisJvmsPropertiesAndEnvironmentAreSources() {
    String key = "leakwatch.settle";
    System.setProperty(key, "17");
    // A value that is no text must not get in the way.
    System.getProperties().put("leakwatch.odd", 1);
    try {
      ConfigSources sources = ConfigSources.ofThisJvm("interval=1s");
      assertThat(sources.systemProperties()).containsEntry(key, "17");
      assertThat(sources.systemProperties()).doesNotContainKey("leakwatch.odd");
      assertThat(System.getenv()).containsAllEntriesOf(sources.environment());
      assertThat(sources.environment().keySet())
          .allMatch(name -> name.startsWith("LEAKWATCH_") || name.equals("GITHUB_ACTIONS"));
      assertThat(sources.agentArgument()).isEqualTo("interval=1s");
    } finally {
      System.clearProperty(key);
      System.getProperties().remove("leakwatch.odd");
    }
  }

  private static ParsedConfig argument(String argument) {
    return ConfigParser.parse(ConfigSources.ofArgument(argument));
  }

  private static ConfigSources properties(Map<String, String> properties) {
    return new ConfigSources(properties, Map.of(), null);
  }

  private static ConfigSources environment(Map<String, String> environment) {
    return new ConfigSources(Map.of(), environment, null);
  }

  private String write(String... lines) throws IOException {
    Path file = directory.resolve("leakwatch.conf");
    Files.writeString(file, String.join("\n", lines) + "\n");
    return file.toString();
  }
}
