package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest possible run of the benchmark of the agent's cost: that it runs and writes its page, not what it says. */
class OverheadIT {
  private static final Path JMH_JAR = Path.of(System.getProperty("leakwatch.jmh.jar", ""));
  private static final Path PAGE =
      Path.of(System.getProperty("leakwatch.sources", "")).resolve("docs/overhead.md");
  private static final String OVERHEAD = "io.leakwatch.benchmarks.cost.Overhead";

  /** One that is short: all are measured in the same way everywhere. */
  private static final String SECTION_OF_OLD_JDKS = "start-up";

  private static final Duration DUE = Duration.ofMinutes(4);

  @OnEveryJdk
  void eachSectionOfThePageIsMeasured(JdkUnderTest jdk, @TempDir Path folder) throws IOException {
    Path page = folder.resolve("overhead.md");
    Files.copy(PAGE, page);
    String sections = jdk.hasVirtualThreads() ? "all" : SECTION_OF_OLD_JDKS;
    try (AgentProcess run = overhead(jdk, sections, "--quick", "--page", page.toString())) {
      assertThat(run.awaitExit(DUE)).as(run::transcript).isZero();
      String text = Files.readString(page);
      rows(jdk)
          .forEach((section, rows) -> assertThat(rowsOf(text, section + "-" + jdk.feature()))
              .as("%s: %s", section, run.transcript())
              .hasSize(rows));
      if (jdk.hasVirtualThreads()) {
        assertThat(folder.resolve("scale-threads.svg")).content().contains("<polyline");
        assertThat(folder.resolve("scale-sites.svg")).content().contains("<polyline");
      }
    }
  }

  @Test
  void whatItHasStartedEndsWithItHoweverThatEnds() {
    JdkUnderTest jdk = JdkUnderTest.all().get(0);
    try (AgentProcess run = overhead(jdk, "tasks", "--rows", "SUBMIT_GET")) {
      ProcessHandle own = ProcessHandle.of(run.pid()).orElseThrow();
      Awaitility.await()
          .atMost(AgentProcess.DEADLINE)
          .until(() -> own.descendants().count() >= 4 || !own.isAlive());
      List<ProcessHandle> started = own.descendants().toList();
      assertThat(started).as(run::transcript).hasSizeGreaterThanOrEqualTo(4);
      own.destroyForcibly();
      Awaitility.await()
          .atMost(AgentProcess.DEADLINE)
          .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void anAlternativeThatDiesIsSaidAndTheOthersGoOn(@TempDir Path others) throws IOException {
    Files.writeString(others.resolve("opentelemetry-javaagent.jar"), "not a jar");
    JdkUnderTest jdk = JdkUnderTest.all().get(0);
    try (AgentProcess run = overhead(
        jdk, "tasks", "--quick", "--rows", "POOL_1", "--other-agents", others.toString())) {
      assertThat(run.awaitExit(DUE)).as(run::transcript).isZero();
      assertThat(run.stderr())
          .containsOnlyOnce("overhead: the JVM with OpenTelemetry ended with status 1 at")
          .contains("the others go on without it");
      assertThat(run.stdout()).contains("| `execute`, pool of 1 thread |").contains("| died |");
    }
  }

  @Test
  void whenLeakwatchDiesThatSectionIsOneLine(@TempDir Path folder) throws IOException {
    Path agent = folder.resolve("leakwatch.jar");
    Files.writeString(agent, "not a jar");
    JdkUnderTest jdk = JdkUnderTest.all().get(0);
    try (AgentProcess run =
        overhead(jdk, "tasks", "--quick", "--rows", "POOL_1", "--agent", agent.toString())) {
      assertThat(run.awaitExit(DUE)).as(run::transcript).isEqualTo(1);
      assertThat(run.stderr())
          .contains("overhead: tasks on JDK " + jdk.version() + " could not be measured:"
              + " the JVM with Leakwatch ended with status 1")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void badInputIsOneLine() {
    JdkUnderTest jdk = JdkUnderTest.all().get(0);
    try (AgentProcess run = overhead(jdk, "speed", "--quick")) {
      assertThat(run.awaitExit()).as(run::transcript).isEqualTo(2);
      assertThat(run.stderr()).contains("overhead: speed is none of all, tasks, start-up");
    }
  }

  private static AgentProcess overhead(JdkUnderTest jdk, String sections, String... more) {
    List<String> arguments = new ArrayList<>(
        List.of(sections, "--jdk", "" + jdk.feature(), "--agent", AgentJvm.AGENT_JAR.toString()));
    arguments.addAll(List.of(more));
    return AgentJvm.on(jdk)
        .withoutAgent()
        .classPath(JMH_JAR)
        .mainNamed(OVERHEAD, arguments.toArray(String[]::new));
  }

  /** The rows of figures that each section has. */
  private static Map<String, Integer> rows(JdkUnderTest jdk) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    boolean virtual = jdk.hasVirtualThreads();
    rows.put("start-up", 4);
    if (virtual) {
      rows.put("tasks", 16);
      rows.put("idle", 2);
      rows.put("server", 4);
      rows.put("heap", 4);
      rows.put("million", 2);
      rows.put("report", 3);
      rows.put("scale", 4);
    }
    return rows;
  }

  /** Those below the heads of the tables, of what this run has written. */
  private static List<String> rowsOf(String page, String section) {
    String begin = "<!-- " + section + " -->";
    List<String> lines = page.substring(
            page.indexOf(begin) + begin.length(), page.indexOf("<!-- /" + section + " -->"))
        .lines()
        .toList();
    assertThat(lines).anyMatch(line -> line.contains("Made with `--quick`"));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < lines.size() - 1; i++) {
      if (lines.get(i).startsWith("| ") && !lines.get(i + 1).startsWith("|---")) {
        rows.add(lines.get(i));
      }
    }
    assertThat(rows).allMatch(row -> row.matches("\\|[^|]*\\|.*\\d.*"));
    return rows;
  }
}
