package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The shortest possible run of each benchmark and each stress test: that they run and give results, not how fast. */
class BenchmarksIT {
  private static final Path JMH_JAR = Path.of(System.getProperty("leakwatch.jmh.jar", ""));
  private static final Path JCSTRESS_JAR =
      Path.of(System.getProperty("leakwatch.jcstress.jar", ""));
  private static final Duration DUE = Duration.ofMinutes(2);

  /** All in one JVM, because one for each would take longer than all of them. */
  @OnEveryJdk
  void eachBenchmarkGivesAResult(JdkUnderTest jdk) throws IOException {
    List<JsonNode> results =
        jmh(jdk, "-f", "0", "-p", "pairs=1000", "-p", "slots=1", "-p", "spins=64");
    assertThat(results.stream().map(result -> result.get("benchmark").asText()).distinct())
        .containsExactlyInAnyOrderElementsOf(listed(jdk, JMH_JAR));
    assertThat(results)
        .allSatisfy(
            result -> assertThat(result.at("/primaryMetric/score").asDouble()).isPositive());
  }

  /** As in a full run. */
  @OnEveryJdk
  void aBenchmarkRunsInAJvmOfItsOwn(JdkUnderTest jdk) throws IOException {
    assertThat(jmh(
            jdk,
            "-f",
            "1",
            "-p",
            "stack=LOCK_FREE",
            "-p",
            "threads=4",
            "-p",
            "pairs=1000",
            "PlatformThreads"))
        .hasSize(1);
  }

  /**
   * Some of them, in one of the many configurations of a full run. A forbidden outcome would
   * hardly come up at so few tries.
   */
  @OnEveryJdk
  void aStressTestGivesAResult(JdkUnderTest jdk) {
    String some = "OfLockFreeStack|Channel|Latch|Flag";
    List<String> tests = listed(jdk, JCSTRESS_JAR, "-t", some);
    try (AgentProcess run = AgentJvm.on(jdk)
        .withoutAgent()
        .jar(
            JCSTRESS_JAR,
            "-t",
            some,
            "-m",
            "sanity",
            "-sc",
            "false",
            "-v",
            "-jvmArgs",
            "-XX:+UseSerialGC")) {
      assertThat(run.awaitExit(DUE)).as(run::transcript).isEqualTo(0);
      assertThat(tests)
          .allSatisfy(test -> assertThat(run.stdout()).contains("[OK] " + test + "\n"));
      assertThat(tablesOfOutcomes(run.stdout()))
          .as("an outcome was seen in each run: %s", run.transcript())
          .hasSizeGreaterThanOrEqualTo(tests.size())
          .allMatch(table -> table.matches("(?s).*\\s[1-9][0-9,]* +[0-9.]+% .*"));
    }
  }

  private static List<String> tablesOfOutcomes(String stdout) {
    return Pattern.compile("RESULT +SAMPLES +FREQ +EXPECT.*?\n\n", Pattern.DOTALL)
        .matcher(stdout)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @OnEveryJdk
  void theExecutorsAreCompared(JdkUnderTest jdk) {
    assertTableOfExecutors(jdk, "PipelineThroughput", "1", "20");
    assertTableOfExecutors(jdk, "LatencyAmongComputations", "1");
  }

  private static void assertTableOfExecutors(JdkUnderTest jdk, String program, String... args) {
    try (AgentProcess run = AgentJvm.on(jdk)
        .withoutAgent()
        .classPath(JMH_JAR)
        .mainNamed("io.leakwatch.benchmarks.workload." + program, args)) {
      assertThat(run.awaitExit(DUE)).as(run::transcript).isEqualTo(0);
      assertThat(run.stdout().lines().filter(line -> line.matches("\\|.*\\| \\d+ \\(.*")))
          .as(run::transcript)
          .hasSize(4);
    }
  }

  private static List<JsonNode> jmh(JdkUnderTest jdk, String... args) throws IOException {
    String[] shortest = {"-foe", "true", "-wi", "0", "-i", "1", "-r", "50ms", "-rf", "json"};
    // Another run at the same time spoils its times only.
    try (AgentProcess run = AgentJvm.on(jdk)
        .withoutAgent()
        .jvmArgs("-Djmh.ignoreLock=true")
        .jar(JMH_JAR, Stream.concat(Stream.of(shortest), Stream.of(args)).toArray(String[]::new))) {
      assertThat(run.awaitExit(DUE)).as(run::transcript).isEqualTo(0);
      List<JsonNode> results = new ArrayList<>();
      new ObjectMapper()
          .readTree(run.folder().resolve("jmh-result.json").toFile())
          .forEach(results::add);
      return results;
    }
  }

  /** The names of the benchmarks or stress tests in a jar. */
  private static List<String> listed(JdkUnderTest jdk, Path jar, String... args) {
    try (AgentProcess list = AgentJvm.on(jdk)
        .withoutAgent()
        .jar(jar, Stream.concat(Stream.of("-l"), Stream.of(args)).toArray(String[]::new))) {
      assertThat(list.awaitExit()).as(list::transcript).isEqualTo(0);
      List<String> names = list.stdout()
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("io.leakwatch."))
          .toList();
      assertThat(names).as(list::transcript).isNotEmpty();
      return names;
    }
  }
}
