package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.cli.FakeAttach.FakeJvm;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final String JAR = new File("leakwatch.jar").getAbsolutePath();
  private static final String VERSION = "1.2.3";
  private static final Patience PATIENCE = new Patience(Duration.ofMinutes(1));

  private final FakeAttach attach = new FakeAttach();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void helpIsPrinted(String command) {
    assertThat(run(command)).isEqualTo(CommandLine.OK);
    assertThat(out()).isEqualTo(String.join("\n", HelpText.lines()) + "\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void noCommandMeansHelp() {
    assertThat(run()).isEqualTo(CommandLine.OK);
    assertThat(out()).isEqualTo(String.join("\n", HelpText.lines()) + "\n");
  }

  @Test
  void helpNeedsNoAttachMechanism() {
    CommandLine commandLine = new CommandLine(
        () -> {
          throw new NoClassDefFoundError("com/sun/tools/attach/VirtualMachine");
        },
        JAR,
        VERSION,
        PATIENCE,
        stream(out),
        stream(err));
    assertThat(commandLine.run("help")).isEqualTo(CommandLine.OK);
    assertThat(commandLine.run("list")).isEqualTo(CommandLine.FAILED);
    assertThat(commandLine.run("attach", "1234")).isEqualTo(CommandLine.FAILED);
    String line = "leakwatch: the Java runtime in "
        + System.getProperty("java.home")
        + " lacks the module jdk.attach; run this command with a full JDK\n";
    assertThat(err()).isEqualTo(line + line);
  }

  @Test
  void anotherMissingClassIsNotBlamedOnTheRuntime() {
    CommandLine commandLine = new CommandLine(
        () -> {
          throw new NoClassDefFoundError("io/leakwatch/cli/JvmTable");
        },
        JAR,
        VERSION,
        PATIENCE,
        stream(out),
        stream(err));
    assertThatThrownBy(() -> commandLine.run("list")).isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void anUnknownCommandIsOneLine() {
    assertThat(run("start\nnow")).isEqualTo(CommandLine.USAGE);
    assertThat(err())
        .isEqualTo(
            "leakwatch: unknown command \"start\\nnow\"; there are list, attach, tasks, report, prove, baseline and help\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void listShowsWhereLeakwatchRuns() {
    attach.add(312, "com.acme.Main --password=secret");
    attach
        .add(4711, "/opt/my app/server.jar --port 80")
        .properties
        .setProperty("leakwatch.agent", "1.2.3");
    attach.add(4712, "").refusal = "no";
    assertThat(run("list")).isEqualTo(CommandLine.OK);
    assertThat(out()).isEqualTo("""
            PID      LEAKWATCH               MAIN
            312      not running             com.acme.Main
            4711     running 1.2.3           /opt/my app/server.jar
            4712     cannot attach           (unknown)
            """);
    assertThat(err()).isEmpty();
  }

  @Test
  void listSaysThatThereIsNothing() {
    assertThat(run("list")).isEqualTo(CommandLine.OK);
    assertThat(out()).isEqualTo("no other JVM of this user runs here\n");
  }

  @Test
  void listTakesNoArguments() {
    assertThat(run("list", "all")).isEqualTo(CommandLine.USAGE);
    assertThat(err()).isEqualTo("leakwatch: list takes no arguments, but got \"all\"\n");
  }

  @Test
  void attachLoadsTheJarWithTheOptionsAndSaysWhereTheReportGoes() {
    FakeJvm jvm = attach.add(4711, "com.acme.Main");
    assertThat(run("attach", "4711", "interval=1s,exclude-name=pool-*")).isEqualTo(CommandLine.OK);
    assertThat(attach.loaded).containsExactly("4711 " + JAR + " interval=1s,exclude-name=pool-*");
    assertThat(out())
        .isEqualTo("Leakwatch 1.2.3 now watches JVM 4711;"
            + " its report goes to the standard error of that JVM\n");
    assertThat(err()).isEmpty();
    assertThat(jvm.connections).isZero();
  }

  @Test
  void attachNeedsNoOptions() {
    attach.add(4711, "com.acme.Main").propertiesOnceLoaded.setProperty("leakwatch.log", "stdout");
    assertThat(run("attach", "4711")).isEqualTo(CommandLine.OK);
    assertThat(attach.loaded).containsExactly("4711 " + JAR + " ");
    assertThat(out()).endsWith("; its report goes to the standard output of that JVM\n");
  }

  @Test
  void attachNamesTheFileThatTheAgentWritesTo() {
    attach
        .add(4711, "com.acme.Main")
        .propertiesOnceLoaded
        .setProperty("leakwatch.log", "/var/log/leaks.log");
    assertThat(run("attach", "4711", "log=other.log")).isEqualTo(CommandLine.OK);
    assertThat(out()).endsWith("; its report goes to /var/log/leaks.log\n");
  }

  @Test
  void attachDoesNothingWhereLeakwatchRunsAlready() {
    FakeJvm jvm = attach.add(4711, "com.acme.Main");
    jvm.properties.setProperty("leakwatch.agent", "1.2.2");
    assertThat(run("attach", "4711")).isEqualTo(CommandLine.FAILED);
    assertThat(err())
        .isEqualTo("leakwatch: Leakwatch 1.2.2 already runs in JVM 4711; nothing was done\n");
    assertThat(attach.loaded).isEmpty();
    assertThat(out()).isEmpty();
    assertThat(jvm.connections).isZero();
  }

  @Test
  void attachSaysWhenTheAgentDidNotStart() {
    attach.add(4711, "com.acme.Main").propertiesOnceLoaded.clear();
    assertThat(run("attach", "4711")).isEqualTo(CommandLine.FAILED);
    assertThat(err())
        .isEqualTo(
            "leakwatch: Leakwatch did not start in JVM 4711, whose standard error says why\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void attachSaysWhyTheJvmRefused() {
    FakeJvm jvm = attach.add(4711, "com.acme.Main");
    jvm.loadRefusal = "JVM 4711 refused the agent: Dynamic agent loading is not enabled";
    assertThat(run("attach", "4711")).isEqualTo(CommandLine.FAILED);
    assertThat(err())
        .isEqualTo("leakwatch: JVM 4711 refused the agent: Dynamic agent loading is not enabled\n");
    assertThat(jvm.connections).isZero();
  }

  @Test
  void attachSaysThatThereIsNoSuchProcess() {
    assertThat(run("attach", "4711")).isEqualTo(CommandLine.FAILED);
    assertThat(err()).isEqualTo("leakwatch: there is no process 4711\n");
  }

  @Test
  void attachNeedsAProcessId() {
    assertThat(run("attach")).isEqualTo(CommandLine.USAGE);
    assertThat(err())
        .isEqualTo(
            "leakwatch: attach needs a process id: attach PID [OPTIONS]; list shows the JVMs\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "-1", "0", "", "1.5", "+5", "12345678901", "interval=1s"})
  void attachTakesOnlyANumberForAProcessId(String pid) {
    assertThat(run("attach", pid)).isEqualTo(CommandLine.USAGE);
    assertThat(err())
        .isEqualTo("leakwatch: \"" + pid + "\" is not a process id; list shows the JVMs\n");
  }

  @Test
  void attachTakesItsOptionsAsOneText() {
    attach.add(4711, "com.acme.Main");
    assertThat(run("attach", "4711", "interval=1s", "log=x")).isEqualTo(CommandLine.USAGE);
    assertThat(err())
        .isEqualTo(
            "leakwatch: attach takes its options as one text, such as interval=1s,log=leaks.log,"
                + " but got \"interval=1s log=x\"\n");
    assertThat(attach.loaded).isEmpty();
  }

  @Test
  void attachRefusesBadOptionsBeforeItTouchesTheJvm() {
    attach.add(4711, "com.acme.Main");
    assertThat(run("attach", "4711", "intervall=1s,settle=0")).isEqualTo(CommandLine.USAGE);
    assertThat(err()).isEqualTo("""
            leakwatch: unknown option "intervall" (agent argument), did you mean interval?
            leakwatch: settle: "0" (agent argument) is not a whole number from 1 to 100
            """);
    assertThat(attach.loaded).isEmpty();
  }

  @Test
  void attachSaysWhyAJarCannotBeLoaded() {
    attach.add(4711, "com.acme.Main");
    CommandLine commandLine = new CommandLine(
        () -> attach, "/opt/a=b/leakwatch.jar", VERSION, PATIENCE, stream(out), stream(err));
    for (String command : List.of("attach", "tasks", "report")) {
      err.reset();
      assertThat(commandLine.run(command, "4711")).isEqualTo(CommandLine.FAILED);
      assertThat(err())
          .isEqualTo("leakwatch: a JVM cannot load an agent from a path with = in it:"
              + " /opt/a=b/leakwatch.jar\n");
    }
    assertThat(attach.loaded).isEmpty();
  }

  private int run(String... args) {
    return new CommandLine(
            () -> attach, "leakwatch.jar", VERSION, PATIENCE, stream(out), stream(err))
        .run(args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return text(out);
  }

  private String err() {
    return text(err);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
