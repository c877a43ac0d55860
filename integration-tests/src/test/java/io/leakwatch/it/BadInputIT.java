package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.programs.Ordinary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the agent is given, the application runs as without it, and one line says what is wrong. */
class BadInputIT {
  /** The exit status of a JVM that was asked to end. */
  private static final int TERMINATED = 128 + 15;

  private final Path folder;

  BadInputIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @OnEveryJdk
  void anUnwritableLog(JdkUnderTest jdk) {
    Path log = folder.resolve("missing.txt/leaks.log");
    makeFile("missing.txt");
    assertOneLine(AgentJvm.on(jdk).options("log=" + log), log.toString());
  }

  @OnEveryJdk
  void anUnwritableJsonFile(JdkUnderTest jdk) {
    Path json = folder.resolve("missing.txt/leaks.json");
    makeFile("missing.txt");
    assertOneLine(AgentJvm.on(jdk).options("json=" + json), json.toString());
  }

  @OnEveryJdk
  void aFolderForAJsonFile(JdkUnderTest jdk) {
    assertOneLine(AgentJvm.on(jdk).options("json=" + folder), folder.toString());
  }

  @OnEveryJdk
  @EnabledOnOs(OS.LINUX)
  void jsonOnAFullDisk(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("json=/dev/full,report-interval=500ms")
        .sampleApp("channel", "--seconds", "300", "--rate", "8")) {
      app.awaitLine("LEAK CONFIRMED");
      app.terminate();
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(TERMINATED);
      assertThat(app.stderr().lines().filter(line -> line.contains("/dev/full")))
          .as(app::transcript)
          .filteredOn(line -> !line.contains("watches a JVM on"))
          .hasSize(1);
    }
  }

  @OnEveryJdk
  @EnabledOnOs(OS.LINUX)
  void aLogOnAFullDisk(JdkUnderTest jdk) {
    assertOneLine(AgentJvm.on(jdk).options("log=/dev/full"), "/dev/full");
  }

  @OnEveryJdk
  void anUnknownOption(JdkUnderTest jdk) {
    assertOneLine(AgentJvm.on(jdk).options("intervall=5s"), "intervall", "did you mean interval?");
  }

  @OnEveryJdk
  void aBadDuration(JdkUnderTest jdk) {
    assertOneLine(AgentJvm.on(jdk).options("warmup=soon"), "soon", "warmup", "500ms");
  }

  @OnEveryJdk
  void percentSignsAndSpacesInEveryPath(JdkUnderTest jdk) throws IOException {
    Path strange = Files.createDirectories(folder.resolve("100%20 of it %s"));
    Path jar = Files.copy(AgentJvm.AGENT_JAR, strange.resolve("leak %d watch.jar"));
    Path log = strange.resolve("the %i log.txt");
    Path json = strange.resolve("the %n reports.json");
    try (AgentProcess app = AgentJvm.on(jdk)
        .agentJar(jar)
        .options("log=" + log + ",json=" + json)
        .sampleApp("channel", "--seconds", "300", "--rate", "8")) {
      await()
          .atMost(AgentProcess.DEADLINE)
          .until(() -> Files.exists(log) && Files.readString(log).contains("LEAK CONFIRMED"));
      app.terminate();
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(TERMINATED);
      assertThat(AgentProcess.reports(json)).filteredOn(Report::isFinal).hasSize(1);
      try (var files = Files.list(strange)) {
        assertThat(files).containsExactlyInAnyOrder(jar, log, json);
      }
    }
  }

  @OnEveryJdk
  void aRenamedAgentJar(JdkUnderTest jdk) throws IOException {
    Path jar = Files.copy(AgentJvm.AGENT_JAR, folder.resolve("monitoring-1.0.jar"));
    try (AgentProcess app = AgentJvm.on(jdk).agentJar(jar).main(Ordinary.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.awaitReport(Report::isFinal).agent().hookFailures()).isZero();
    }
  }

  @OnEveryJdk
  void theAgentInsideAnUberJar(JdkUnderTest jdk) throws IOException {
    Path uber = folder.resolve("uber.jar");
    copyWithoutInnerClasses(AgentJvm.AGENT_JAR, uber);
    assertOneLine(AgentJvm.on(jdk).agentJar(uber), "leakwatch.jar");
  }

  @OnEveryJdk
  void aConfigFileThatIsNotThere(JdkUnderTest jdk) {
    Path config = folder.resolve("missing.properties");
    assertOneLine(AgentJvm.on(jdk).options("config=" + config), config.toString());
  }

  /** The application is unharmed, and besides the effective configuration just one line of stderr names the thing. */
  private static void assertOneLine(AgentJvm jvm, String... named) {
    try (AgentProcess app = jvm.main(Ordinary.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).isEqualTo(Ordinary.OUTPUT);
      assertThat(app.stderr().lines().filter(line -> line.contains(named[0])))
          .as(app::transcript)
          .filteredOn(line -> !line.contains("watches a JVM on"))
          .singleElement()
          .satisfies(line -> assertThat(line).contains(named));
      assertThat(app.stderr()).doesNotContain("\tat ");
    }
  }

  private void makeFile(String name) {
    try {
      Files.writeString(folder.resolve(name), "a file, not a folder");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyWithoutInnerClasses(Path from, Path to) throws IOException {
    try (JarFile jar = new JarFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        JarOutputStream uber = new JarOutputStream(file, jar.getManifest())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith("inst/") || entry.getName().startsWith("META-INF/")) {
          continue;
        }
        uber.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(uber);
        }
        uber.closeEntry();
      }
    }
  }
}
