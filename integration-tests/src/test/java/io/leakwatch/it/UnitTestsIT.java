package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The agent's unit tests on JDKs that the build itself may not run on: those of virtual threads are skipped on older ones, and what
 * is read of the JDK's internals is not the same in any two.
 */
class UnitTestsIT {
  private static final Path TARGET =
      Path.of(System.getProperty("leakwatch.unit-tests.target", "")).normalize();
  private static final String[] OPENS =
      System.getProperty("leakwatch.unit-tests.opens", "").split(" ", -1);

  @OnJdksWithVirtualThreads
  void pass(JdkUnderTest jdk) throws IOException {
    Path tests = TARGET.resolve("test-classes");
    Stream<String> libraries = Arrays.stream(Files.readString(TARGET.resolve("test-libraries.txt"))
        .strip()
        .split(File.pathSeparator, -1));
    Path[] classPath = Stream.concat(
            Stream.of(tests, TARGET.resolve("classes")), libraries.map(Path::of))
        .toArray(Path[]::new);
    String module = TARGET.resolveSibling("").toString();
    try (AgentProcess run = AgentJvm.on(jdk)
        .withoutAgent()
        .inside(List.of("env", "--chdir=" + module))
        .jvmArgs(OPENS)
        .classPath(classPath)
        .mainNamed(
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "--scan-classpath=" + tests,
            "--include-classname=.*Test",
            "--fail-if-no-tests",
            "--disable-ansi-colors",
            "--disable-banner",
            "--details=summary")) {
      assertThat(run.awaitExit(Duration.ofMinutes(10))).as(run::transcript).isEqualTo(0);
    }
  }
}
