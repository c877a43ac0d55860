package io.leakwatch.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the agent gets into the JVM of the tests, in JVMs of their own. */
class AgentStartIT {
  private static final String JAR = System.getProperty("leakwatch.junit.agent");
  private static final String ALL = "junit.jupiter.extensions.autodetection.enabled=true";

  @Test
  void attachesItselfOnceWhereItDoesNotRun() throws Exception {
    String said = run(List.of(), "LeakyClass", "leakwatch.junit.scope=method");

    assertThat(said)
        .containsOnlyOnce(" attached to a JVM ")
        .contains("usesIt() passed")
        .contains("LeakyClass failed\nLeakyClass has left something behind");
  }

  @Test
  void usesTheAgentThatTheJvmWasStartedWith() throws Exception {
    String said = run(List.of("-javaagent:" + JAR), "LeakyClass");

    assertThat(said)
        .containsOnlyOnce(" watches a JVM ")
        .doesNotContain("attached to")
        .contains("LeakyClass failed\nLeakyClass has left something behind");
  }

  @Test
  void saysWhatToSetWhereTheJvmForbidsIt() throws Exception {
    String said = run(List.of("-XX:+DisableAttachMechanism"), "LeakyClass");

    assertThat(said)
        .contains("LeakyClass failed\nLeakwatch cannot attach itself to this JVM (")
        .contains("start the JVM of the tests with -javaagent:")
        .contains("leakwatch.jar (Surefire: argLine, Gradle: jvmArgs)");
  }

  @Test
  void oneParameterTurnsItOnForAllTests() throws Exception {
    assertThat(run(List.of(), "UnmarkedSuite")).contains("leaves() passed");
    assertThat(run(List.of(), "UnmarkedSuite", ALL))
        .contains("clean() passed")
        .contains("leaves() failed\nUnmarkedSuite.leaves() has left something behind");
  }

  @Test
  void aRunIsAScopeAsWell() throws Exception {
    String said = run(List.of(), "UnmarkedSuite", ALL, "leakwatch.junit.scope=run");

    assertThat(said)
        .contains("leaves() passed", "UnmarkedSuite passed")
        .contains("JUnit Jupiter failed\nthe run has left something behind");
  }

  private static String run(List<String> jvmArgs, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.add("-Dleakwatch.junit.agent=" + JAR);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(SuiteProgram.class.getName());
    command.addAll(List.of(args));
    File out = File.createTempFile("suite", ".txt");
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(out)
          .start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      String said =
          new String(java.nio.file.Files.readAllBytes(out.toPath()), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(said).isEqualTo(0);
      return said;
    } finally {
      assertThat(out.delete()).isTrue();
    }
  }
}
