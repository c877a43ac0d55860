package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

/** {@code tasks PID} and {@code report PID}: somebody asks what the executors of a running JVM do. */
class TasksIT {
  private static final String SOURCES = "sample-app/src/main/java";
  private static final String MADE =
      GuiltyLine.marked(SOURCES, "com.acme.YearlyReport.<init>", "// made here");
  private static final String HANDED_IN =
      GuiltyLine.marked(SOURCES, "com.acme.YearlyReport.serve", "// handed in here");
  private static final String WAITS = GuiltyLine.wait(SOURCES, "com.acme.YearlyReport.writeYear");

  private final Path folder;

  TasksIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @OnEveryJdk
  void tasksShowsWhatRunsSinceWhenAndWhereItWasHandedIn(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).sampleApp("slow", "--seconds", "300")) {
      app.awaitReport(report -> true);

      String tasks = awaitTasks(jdk, app, "at " + WAITS);

      assertThat(tasks)
          .startsWith("leakwatch tasks: ")
          .containsPattern("\nTASKS IN +executor\n  created at  "
              + Pattern.quote(MADE)
              + "\n  threads     \\d of at most 4\n  tasks       \\d+ running, oldest \\d+s")
          .containsPattern(
              "(  running     | {14})\\d+s +(\\d x )?\\S+, TIMED_WAITING, pool-1-thread-\\d"
                  + "( and\\s+\\d more)?\n {24}at "
                  + Pattern.quote(WAITS)
                  + "\n {24}submitted at "
                  + Pattern.quote(HANDED_IN)
                  + "\n");
      assertThat(app.stderr()).doesNotContain("already running");
    }
  }

  @OnEveryJdk
  void whatIsRedactedIsInNoAnswerAndInNoReportThatIsAskedFor(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("redact=com.acme.*;pool-*")
        .sampleApp("slow", "--seconds", "300")) {
      app.awaitReport(report -> true);

      String tasks = awaitTasks(jdk, app, "TIMED_WAITING");
      assertThat(tasks).contains("[redacted]").doesNotContain("YearlyReport", "acme", "pool-");
      try (AgentProcess json = command(jdk, "tasks", app, "--json");
          AgentProcess report = command(jdk, "report", app)) {
        assertThat(json.awaitExit()).as(json::transcript).isZero();
        assertThat(json.stdout())
            .contains("[redacted]")
            .doesNotContain("YearlyReport", "acme", "pool-");
        assertThat(report.awaitExit()).as(report::transcript).isZero();
      }
      Report requested = app.awaitReport(report -> report.reason().equals("request"));
      assertThat(requested.toString())
          .contains("[redacted]")
          .doesNotContain("YearlyReport", "acme", "pool-");
    }
  }

  @OnEveryJdk
  void reportIsWrittenWhereTheOthersGoAndTheFindingsGoOnAsBefore(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("report-interval=1h")
        .sampleApp("executor", "--seconds", "300", "--rate", "5")) {
      app.awaitFinding(finding -> finding.isConfirmed("EXECUTOR_NEVER_SHUT_DOWN"));

      try (AgentProcess report = command(jdk, "report", app)) {
        assertThat(report.awaitExit()).as(report::transcript).isEqualTo(0);
        assertThat(complaints(report)).isEmpty();
        assertThat(report.stdout())
            .matches("report \\d+ went to the standard error of that JVM and, as JSON, to .*\\R");
      }

      Report requested = app.awaitReport(report -> report.reason().equals("request"));
      assertThat(requested.findings())
          .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo("EXECUTOR_NEVER_SHUT_DOWN"));
      assertThat(requested.tasks()).isNotNull();
      assertThat(app.reports()).extracting(Report::sequence).doesNotHaveDuplicates();
      assertThat(app.reports())
          .filteredOn(report -> !report.reason().equals("request"))
          .allSatisfy(report -> assertThat(report.tasks()).isNull());
      assertThat(app.awaitLine("(request): ")).contains("leakwatch report");
      app.awaitLine("leakwatch tasks: ");
    }
  }

  @OnEveryJdk
  void tasksAttachesFirstWhereNoAgentRunsAndReportDoesNot(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).withoutAgent().sampleApp("slow", "--seconds", "300", "--rate", "20")) {
      app.awaitLine("slow:");

      try (AgentProcess report = command(jdk, "report", app)) {
        assertThat(report.awaitExit()).as(report::transcript).isEqualTo(1);
        assertThat(complaints(report))
            .singleElement()
            .satisfies(
                line -> assertThat(line).contains("does not run in JVM " + app.pid(), "attach"));
      }

      try (AgentProcess tasks = command(jdk, "tasks", app)) {
        assertThat(tasks.awaitExit()).as(tasks::transcript).isEqualTo(0);
        assertThat(tasks.stderr()).contains("it is attached now");
        assertThat(tasks.stdout()).startsWith("leakwatch tasks: ");
      }
      assertThat(awaitTasks(jdk, app, "at " + WAITS)).contains("\nTASKS IN ");
    }
  }

  @OnEveryJdk
  void manyMayAskAtOnce(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).sampleApp("slow", "--seconds", "300")) {
      app.awaitReport(report -> true);
      try (AgentProcess one = command(jdk, "tasks", app);
          AgentProcess two = command(jdk, "tasks", app, "--json");
          AgentProcess three = command(jdk, "report", app)) {
        for (AgentProcess asked : List.of(one, two, three)) {
          assertThat(asked.awaitExit()).as(asked::transcript).isEqualTo(0);
        }
        assertThat(one.stdout()).startsWith("leakwatch tasks: ");
        assertThat(two.stdout()).startsWith("{\"executors\":[");
        assertThat(three.stdout()).startsWith("report ");
      }
    }
  }

  @OnEveryJdk
  void anAgentWhoseJarWasMovedAwayIsAskedAllTheSame(JdkUnderTest jdk) throws IOException {
    Path moved = Files.copy(AgentJvm.AGENT_JAR, folder.resolve("moved.jar"));
    try (AgentProcess app =
        AgentJvm.on(jdk).agentJar(moved).sampleApp("slow", "--seconds", "300")) {
      app.awaitReport(report -> true);
      Files.delete(moved);
      try (AgentProcess tasks = command(jdk, "tasks", app)) {
        assertThat(tasks.awaitExit()).as(tasks::transcript).isEqualTo(0);
        assertThat(tasks.stdout()).startsWith("leakwatch tasks: ");
      }
    }
  }

  @OnEveryJdk
  void aProcessThatIsNoneOrNoJvmIsOneClearLine(JdkUnderTest jdk) {
    for (String command : List.of("tasks", "report")) {
      assertOneLine(jdk, 1, "999999999", command, "999999999");
      assertOneLine(jdk, 2, "\"abc\" is not a process id", command, "abc");
      assertOneLine(jdk, 2, command + " needs a process id", command);
    }
  }

  private static void assertOneLine(JdkUnderTest jdk, int status, String said, String... args) {
    try (AgentProcess asked = AgentJvm.on(jdk).withoutAgent().jar(AgentJvm.AGENT_JAR, args)) {
      assertThat(asked.awaitExit()).as(asked::transcript).isEqualTo(status);
      assertThat(asked.stdout()).isEmpty();
      assertThat(complaints(asked))
          .singleElement()
          .satisfies(line -> assertThat(line).contains(said));
    }
  }

  /** A busy machine may keep it waiting, and it says so. */
  private static List<String> complaints(AgentProcess command) {
    return command
        .stderr()
        .lines()
        .filter(line -> !line.startsWith("leakwatch: waiting for JVM"))
        .toList();
  }

  private static String awaitTasks(JdkUnderTest jdk, AgentProcess app, String part) {
    return Awaitility.await()
        .atMost(AgentProcess.DEADLINE)
        .until(
            () -> {
              try (AgentProcess tasks = command(jdk, "tasks", app)) {
                assertThat(tasks.awaitExit()).as(tasks::transcript).isEqualTo(0);
                return tasks.stdout();
              }
            },
            text -> text.contains(part));
  }

  private static AgentProcess command(
      JdkUnderTest jdk, String command, AgentProcess app, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = command;
    args[1] = Long.toString(app.pid());
    System.arraycopy(more, 0, args, 2, more.length);
    return AgentJvm.on(jdk).withoutAgent().jar(AgentJvm.AGENT_JAR, args);
  }
}
