package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.programs.Ordinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However the JVM is run, the application does what it does without the agent, and the agent watches it. */
class JvmFlagsIT {
  /** In every run of the tests. */
  private static final List<String> SLICE = List.of(
      "-Xint",
      "-XX:+UseZGC -XX:TieredStopAtLevel=1 -Xshare:off",
      "-XX:ActiveProcessorCount=1 -Xmx64m");

  /** The rest of what people run in production. */
  private static final List<String> MORE = List.of(
      "-Xcomp -XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC -Xmx64m",
      "-XX:+UseParallelGC",
      "-XX:+UnlockExperimentalVMOptions -XX:+UseShenandoahGC",
      "-XX:-UseCompressedOops -XX:-UseCompressedClassPointers -Xshare:off",
      "-XX:-StackTraceInThrowable",
      "-XX:-OmitStackTraceInFastThrow -XX:+DisableAttachMechanism",
      "-XX:+UseStringDeduplication -XX:-UsePerfData",
      "-Djdk.trackAllThreads=false",
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0",
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0",
      "-Xverify:none",
      "-esa -ea",
      "-XX:MaxJavaStackTraceDepth=1 -Xss256k");

  private final Path folder;

  JvmFlagsIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("runs")
  void flags(JdkUnderTest jdk, String flags) {
    assertOrdinary(AgentJvm.on(jdk).jvmArgs(flags.split(" ")));
  }

  static Stream<Arguments> runs() {
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> Stream.concat(SLICE.stream(), Safety.ALL ? MORE.stream() : Stream.of())
            .map(flags -> Arguments.of(jdk, flags)));
  }

  /** 17 is the last release that has one; from 24 on the flags end the JVM, with or without an agent. */
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("jdksWithSecurityManager")
  void aSecurityManagerThatGrantsTheAgentItsPermissions(JdkUnderTest jdk) throws IOException {
    Path policy = policy("""
        grant codeBase "%s" { permission java.security.AllPermission; };
        """.formatted(AgentJvm.AGENT_JAR.toRealPath().toUri()));
    assertOrdinary(
        AgentJvm.on(jdk).jvmArgs("-Djava.security.manager", "-Djava.security.policy==" + policy));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("jdksWithSecurityManager")
  void aSecurityManagerThatGrantsTheAgentNothing(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk)
        .jvmArgs("-Djava.security.manager", "-Djava.security.policy==" + policy(""))
        .main(Ordinary.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isZero();
      assertThat(app.stdout()).isEqualTo(Ordinary.OUTPUT);
      assertThat(app.stderr().lines().filter(line -> line.contains("leakwatch: not started")))
          .as(app::transcript)
          .hasSize(1);
    }
  }

  static List<JdkUnderTest> jdksWithSecurityManager() {
    return JdkUnderTest.all().stream().filter(jdk -> jdk.feature() == 17).toList();
  }

  /** From the times of JDK 9 to 16 it is still in many a start script; 17 ignores it and says so. */
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("jdksWithSecurityManager")
  void aFlagThatTheJvmIgnores(JdkUnderTest jdk) {
    String flag = "--illegal-access=permit";
    AgentProcess app = assertOrdinary(AgentJvm.on(jdk).jvmArgs(flag));
    assertThat(app.stderr()).containsOnlyOnce("Ignoring option " + flag);
  }

  @OnEveryJdk
  void aFileSystemThatCannotBeWritten(JdkUnderTest jdk) {
    assumeTrue(Namespaces.canMount(), "needs the right to mount");
    try (AgentProcess app = AgentJvm.on(jdk)
        .withoutOptions()
        .options("log=" + folder.resolve("leaks.log"))
        .jvmArgs("-XX:-UsePerfData")
        .inside(Namespaces.readOnlyRoot())
        .main(Ordinary.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isZero();
      assertThat(app.stdout()).isEqualTo(Ordinary.OUTPUT);
      assertThat(app.stderr().lines().filter(line -> line.contains("cannot write the log to")))
          .as(app::transcript)
          .singleElement()
          .satisfies(line -> assertThat(line).contains("leaks.log", "stderr"));
      assertThat(app.stderr()).contains("ended before the first sample").doesNotContain("\tat ");
    }
  }

  private Path policy(String forTheAgent) throws IOException {
    return Files.writeString(
        folder.resolve("policy"),
        forTheAgent + """
            grant codeBase "%s" { permission java.security.AllPermission; };
            """.formatted(Jars.of(Ordinary.class).toUri()));
  }

  /** The process, which has ended. */
  private static AgentProcess assertOrdinary(AgentJvm jvm) {
    try (AgentProcess app = jvm.main(Ordinary.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isZero();
      assertThat(app.stdout()).as(app::transcript).isEqualTo(Ordinary.OUTPUT);
      assertThat(app.stderr())
          .as(app::transcript)
          .doesNotContain("\tat ", "leakwatch WARN", "not started");
      Report last = app.awaitReport(Report::isFinal);
      assertThat(last.agent().hookFailures()).isZero();
      assertThat(last.threads().startedTotal()).isGreaterThanOrEqualTo(7);
      return app;
    }
  }
}
