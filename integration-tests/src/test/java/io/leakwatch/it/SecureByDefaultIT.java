package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LeakUntilTold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No port, no file but those asked for, these for their owner only, and nothing in them that was to be left out. */
@EnabledOnOs(OS.LINUX)
class SecureByDefaultIT {
  private static final String FILES = "log=leaks.log,json=leaks.json,junit-xml=leaks.xml";
  private static final String SECRET = "LeakUntilTold";

  @OnEveryJdk
  void opensNoPortAndWritesOnlyWhatWasAskedFor(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = leaking(jdk, FILES)) {
      assertThat(sockets(app.pid())).isEmpty();
      app.sendLine("exit 0");
      assertThat(app.awaitExit()).as(app::transcript).isZero();

      try (Stream<Path> files = Files.list(app.folder())) {
        for (Path file : files.toList()) {
          assertThat(file.getFileName().toString()).isIn("leaks.log", "leaks.json", "leaks.xml");
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
      for (String written : written(app)) {
        assertThat(written).contains(SECRET);
      }
    }
  }

  @OnEveryJdk
  void whatIsRedactedIsInNoReportAndTheFingerprintStays(JdkUnderTest jdk) throws IOException {
    String fingerprint;
    try (AgentProcess app = leaking(jdk, FILES)) {
      fingerprint = AgentProcess.reports(app.folder().resolve("leaks.json")).stream()
          .flatMap(report -> report.findings().stream())
          .filter(Report.Finding::isConfirmed)
          .findFirst()
          .orElseThrow()
          .fingerprint();
    }
    try (AgentProcess app =
        leaking(jdk, FILES + ",annotations=github,redact=com.acme.programs.*")) {
      app.sendLine("exit 0");
      assertThat(app.awaitExit()).as(app::transcript).isZero();
      for (String written : written(app)) {
        assertThat(written).contains(fingerprint, "[redacted]").doesNotContain(SECRET);
      }
      assertThat(app.stderr()).contains("::warning ").doesNotContain(SECRET);
    }
  }

  private static AgentProcess leaking(JdkUnderTest jdk, String options) {
    AgentProcess app = AgentJvm.on(jdk)
        .options("interval=200ms,report-interval=1s,warmup=1s," + options)
        // Another test that lists the JVMs of this machine would open a socket in this one.
        .jvmArgs("-XX:+DisableAttachMechanism")
        .main(LeakUntilTold.class);
    Path json = app.folder().resolve("leaks.json");
    Awaitility.await()
        .atMost(AgentProcess.DEADLINE)
        .untilAsserted(() -> assertThat(AgentProcess.reports(json))
            .as(app::transcript)
            .anyMatch(report -> report.findings().stream().anyMatch(Report.Finding::isConfirmed)));
    return app;
  }

  private static List<String> written(AgentProcess app) throws IOException {
    return List.of(
        Files.readString(app.folder().resolve("leaks.log")),
        Files.readString(app.folder().resolve("leaks.json")),
        Files.readString(app.folder().resolve("leaks.xml")));
  }

  private static List<String> sockets(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors
          .map(SecureByDefaultIT::target)
          .filter(target -> target.startsWith("socket:"))
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed";
    }
  }
}
