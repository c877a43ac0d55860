package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.cli.FakeAttach.FakeJvm;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tasks} and {@code report}. */
class AskCommandTest {
  private static final String JAR = new File("leakwatch.jar").getAbsolutePath();
  private static final String ITS_JAR = "/opt/its.jar";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final FakeAttach attach = new FakeAttach();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void tasksPrintsWhatTheAgentSays() {
    FakeJvm jvm = watched("1.2.3");
    jvm.answers.put("tasks", "ok\nleakwatch tasks: … 1\n  and so on\n");

    assertThat(run("tasks", "4711")).isEqualTo(CommandLine.OK);

    assertThat(text(out)).isEqualTo("leakwatch tasks: … 1\n  and so on\n");
    assertThat(text(err)).isEmpty();
    assertThat(attach.loaded).containsExactly("4711 " + ITS_JAR + " asked for tasks");
    assertThat(jvm.connections).isZero();
  }

  @Test
  void tasksPrintsJsonWhenToldTo() {
    watched("1.2.3").answers.put("tasks-json", "ok\n{}\n");

    assertThat(run("tasks", "4711", "--json")).isEqualTo(CommandLine.OK);

    assertThat(text(out)).isEqualTo("{}\n");
  }

  @Test
  void reportSaysWhereItWent() {
    watched("1.2.3").answers.put("report", "ok\nreport 7 went to /var/log/leaks.log\n");

    assertThat(run("report", "4711")).isEqualTo(CommandLine.OK);

    assertThat(text(out)).isEqualTo("report 7 went to /var/log/leaks.log\n");
  }

  @Test
  void everyRequestIsKnownByANameOfItsOwn() {
    watched("1.2.3").answers.put("tasks", "ok\n");
    run("tasks", "4711");
    run("tasks", "4711");
    assertThat(attach.ids).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void tasksAttachesFirstWhereNoAgentRuns() {
    FakeJvm jvm = attach.add(4711, "com.acme.Main");
    jvm.propertiesOnceLoaded.setProperty(AgentProperties.JAR, JAR);
    jvm.answers.put("tasks", "ok\nthe tasks\n");

    assertThat(run("tasks", "4711")).isEqualTo(CommandLine.OK);

    assertThat(attach.loaded)
        .containsExactly("4711 " + JAR + " ", "4711 " + JAR + " asked for tasks");
    assertThat(text(out)).isEqualTo("the tasks\n");
    assertThat(text(err))
        .isEqualTo(
            "leakwatch: Leakwatch did not run in JVM 4711: it is attached now, and its report"
                + " goes to the standard error of that JVM\n");
  }

  @Test
  void tasksSaysWhenTheAgentDidNotStart() {
    attach.add(4711, "com.acme.Main").propertiesOnceLoaded.clear();
    assertFails("Leakwatch did not start in JVM 4711, whose standard error says why", "tasks");
  }

  @Test
  void reportFailsWhereNoAgentRuns() {
    attach.add(4711, "com.acme.Main");
    assertFails(
        "Leakwatch does not run in JVM 4711; java -jar leakwatch.jar attach 4711 starts it",
        "report");
    assertThat(attach.loaded).isEmpty();
  }

  @Test
  void anAgentOfAnotherVersionIsNotAsked() {
    watched("1.2.2");
    assertFails(
        "Leakwatch 1.2.2 runs in JVM 4711, and this is 1.2.3; ask with the jar of that version,"
            + " which that JVM has loaded from "
            + ITS_JAR,
        "tasks");
    assertThat(attach.loaded).isEmpty();
  }

  @Test
  void anAgentThatDoesNotSayWhereItsJarIsIsAskedWithOurs() {
    FakeJvm jvm = watched("1.2.3");
    jvm.properties.remove(AgentProperties.JAR);
    jvm.answers.put("tasks", "ok\n");
    assertThat(run("tasks", "4711")).isEqualTo(CommandLine.OK);
    assertThat(attach.loaded).containsExactly("4711 " + JAR + " asked for tasks");
  }

  @Test
  void anAgentWhoseJarIsGoneIsAskedWithOurs() {
    FakeJvm jvm = watched("1.2.3");
    jvm.missingJars.add(ITS_JAR);
    jvm.answers.put("tasks", "ok\n");
    assertThat(run("tasks", "4711")).isEqualTo(CommandLine.OK);
    assertThat(attach.loaded).containsExactly("4711 " + JAR + " asked for tasks");
  }

  @Test
  void whatTheJvmRefusesIsOneLine() {
    watched("1.2.3").loadRefusal = "JVM 4711 refused the agent: not enabled";
    assertFails("JVM 4711 refused the agent: not enabled", "tasks");
  }

  @Test
  void theAgentsOwnReasonIsOneLine() {
    watched("1.2.3").answers.put("report", "failed\nthe agent failed: \u001b[2J\nx");
    assertFails("the agent failed: \\u001b[2J\\nx", "report");
  }

  @Test
  void anAnswerOfAnotherFormIsNoSuccess() {
    watched("1.2.3").answers.put("report", "okay");
    assertFails("okay", "report");
  }

  @Test
  void aJvmThatEndsMeanwhileIsOneLine() {
    watched("1.2.3").endsWhenAsked = true;
    assertFails("JVM 4711 has ended", "tasks");
  }

  @Test
  void thereIsNoSuchProcess() {
    assertFails("there is no process 4711", "tasks");
    assertFails("there is no process 4711", "report");
  }

  @Test
  void anAgentThatDoesNotAnswerIsWaitedForAndNotForever() {
    watched("1.2.3");
    assertIsWaitedFor();
  }

  @Test
  void aJvmThatIsStoppedIsWaitedForAndNotForever() {
    watched("1.2.3").suspended = true;
    assertIsWaitedFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "-1", "0", "", "1.5", "+5", "12345678901", "--json"})
  void takesOnlyANumberForAProcessId(String pid) {
    for (String command : new String[] {"tasks", "report"}) {
      assertThat(run(command, pid)).isEqualTo(CommandLine.USAGE);
      assertThat(text(err))
          .isEqualTo("leakwatch: \"" + pid + "\" is not a process id; list shows the JVMs\n");
    }
  }

  @Test
  void whatIsMissingOrTooMuchIsSaid() {
    assertMisused("tasks needs a process id: tasks PID [--json]; list shows the JVMs", "tasks");
    assertMisused("report needs a process id: report PID; list shows the JVMs", "report");
    assertMisused("tasks takes a process id and --json, but got \"-x\"", "tasks", "4711", "-x");
    assertMisused(
        "tasks takes a process id and --json, but got \"y\"", "tasks", "4711", "--json", "y");
    assertMisused("report takes a process id alone, but got \"x\"", "report", "4711", "x");
  }

  private FakeJvm watched(String version) {
    FakeJvm jvm = attach.add(4711, "com.acme.Main");
    jvm.properties.setProperty(AgentProperties.VERSION, version);
    jvm.properties.setProperty(AgentProperties.JAR, ITS_JAR);
    return jvm;
  }

  private void assertFails(String line, String command) {
    assertThat(run(command, "4711")).isEqualTo(CommandLine.FAILED);
    assertThat(text(err)).isEqualTo("leakwatch: " + line + "\n");
    assertThat(text(out)).isEmpty();
  }

  private void assertMisused(String line, String... args) {
    assertThat(run(args)).isEqualTo(CommandLine.USAGE);
    assertThat(text(err)).isEqualTo("leakwatch: " + line + "\n");
  }

  private void assertIsWaitedFor() {
    assertThat(run(Duration.ofSeconds(1), "tasks", "4711")).isEqualTo(CommandLine.FAILED);
    assertThat(text(err)).isEqualTo("""
            leakwatch: waiting for JVM 4711, up to 1 s
            leakwatch: no answer from JVM 4711 within 1 s; it may be stopped, or have no processor to run on
            """);
  }

  private int run(String... args) {
    return run(LONG, args);
  }

  private int run(Duration patience, String... args) {
    out.reset();
    err.reset();
    return new CommandLine(
            () -> attach, JAR, "1.2.3", new Patience(patience), stream(out), stream(err))
        .run(args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
