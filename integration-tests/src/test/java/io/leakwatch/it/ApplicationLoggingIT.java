package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the application logs with, it logs the same with the agent, and the agent says its own on stderr. */
class ApplicationLoggingIT {
  private static final Path SLF4J = Jars.of("org.slf4j.Logger");
  private static final Path SLF4J_SIMPLE = Jars.of("org.slf4j.simple.SimpleLogger");
  private static final Path LOGBACK = Jars.of("ch.qos.logback.classic.Logger");
  private static final Path LOGBACK_CORE = Jars.of("ch.qos.logback.core.Appender");
  private static final Path CONFIGS = Jars.of(Logging.class);

  private final Path folder;

  ApplicationLoggingIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @OnEveryJdk
  void anApplicationOnLogback(JdkUnderTest jdk) {
    String stdout = sameWithAndWithout(
        jdk,
        jvm -> jvm.classPath(SLF4J, LOGBACK, LOGBACK_CORE, CONFIGS.resolve("class-path-config"))
            .main(Logging.class));
    assertThat(stdout)
        .contains("ch.qos.logback.classic.LoggerContext", "CLASSPATH INFO Logging line 29")
        .doesNotContain("detail");
  }

  @OnEveryJdk
  void anApplicationWithItsOwnLogbackConfigurationFile(JdkUnderTest jdk) {
    String stdout = sameWithAndWithout(
        jdk,
        jvm -> jvm.jvmArgs(
                "-Dlogback.configurationFile=" + CONFIGS.resolve("own-config/own-logback.xml"))
            .classPath(SLF4J, LOGBACK, LOGBACK_CORE)
            .main(Logging.class));
    assertThat(stdout).contains("OWN INFO Logging line 29", "OWN DEBUG Logging detail 29");
  }

  @OnEveryJdk
  void anApplicationOnAnotherProvider(JdkUnderTest jdk) {
    String stdout = sameWithAndWithout(
        jdk,
        jvm -> jvm.jvmArgs("-Dorg.slf4j.simpleLogger.logFile=System.out")
            .classPath(SLF4J, SLF4J_SIMPLE)
            .main(Logging.class));
    assertThat(stdout)
        .contains("org.slf4j.simple.SimpleLoggerFactory", "[main] INFO")
        .contains("line 29");
  }

  @OnEveryJdk
  void anApplicationOnNoProvider(JdkUnderTest jdk) {
    String stdout = sameWithAndWithout(jdk, jvm -> jvm.classPath(SLF4J).main(Logging.class));
    assertThat(stdout).contains("org.slf4j.helpers.NOPLoggerFactory").contains("end");
  }

  @OnEveryJdk
  void anApplicationWithoutSlf4j(JdkUnderTest jdk) {
    String stdout = sameWithAndWithout(jdk, jvm -> jvm.sampleApp("healthy", "--seconds", "4"));
    assertThat(stdout).contains("nothing leaked");
  }

  @OnEveryJdk
  void anApplicationOnTheModulePath(JdkUnderTest jdk) throws Exception {
    Path module = compileModule(jdk);
    String stdout = sameWithAndWithout(
        jdk,
        jvm -> jvm.jvmArgs(
                "-Dlogback.configurationFile=" + CONFIGS.resolve("own-config/own-logback.xml"))
            .module(
                List.of(module, SLF4J, LOGBACK, LOGBACK_CORE),
                "com.acme.programs/com.acme.programs.Logging"));
    assertThat(stdout).contains("ch.qos.logback.classic.LoggerContext", "OWN INFO Logging line 29");
  }

  private static String sameWithAndWithout(
      JdkUnderTest jdk, Function<AgentJvm, AgentProcess> application) {
    try (AgentProcess without = application.apply(AgentJvm.on(jdk).withoutAgent());
        AgentProcess with = application.apply(AgentJvm.on(jdk).options("report-interval=500ms"))) {
      assertThat(without.awaitExit()).as(without::transcript).isEqualTo(0);
      assertThat(with.awaitExit()).as(with::transcript).isEqualTo(0);

      assertThat(with.stdout()).as(with::transcript).isEqualTo(without.stdout());
      assertThat(with.reports()).isNotEmpty();
      List<String> own = new ArrayList<>(with.stderr().lines().toList());
      for (String line : without.stderr().lines().toList()) {
        assertThat(own.remove(line))
            .as("%s on stderr of%n%s", line, with.transcript())
            .isTrue();
      }
      assertThat(String.join("\n", own))
          .as(with::transcript)
          .containsIgnoringCase("leakwatch")
          .doesNotContain(
              "SLF4J", "logback", "OWN", "CLASSPATH", "Exception", "WARNING", "VM warning");
      return with.stdout();
    }
  }

  /** The source of the logging program, compiled as a module by the JDK that will run it. */
  private Path compileModule(JdkUnderTest jdk) throws IOException, InterruptedException {
    Path source = Path.of("src/test/java/com/acme/programs/Logging.java").toAbsolutePath();
    Path declaration = Files.writeString(
        folder.resolve("module-info.java"), "module com.acme.programs { requires org.slf4j; }");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Process javac = new ProcessBuilder(
            jdk.tool("javac").toString(),
            "-p",
            SLF4J.toString(),
            "-d",
            classes.toString(),
            declaration.toString(),
            source.toString())
        .inheritIO()
        .start();
    assertThat(javac.waitFor()).isZero();
    return classes;
  }
}
