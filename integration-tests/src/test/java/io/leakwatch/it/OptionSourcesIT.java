package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.Ordinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Options come from four places, and the log says which. */
class OptionSourcesIT {
  private final Path folder;

  OptionSourcesIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @OnEveryJdk
  void theLogSaysEveryOptionAndWhereItIsFrom(JdkUnderTest jdk) throws IOException {
    Path file = Files.writeString(
        folder.resolve("options"), "stack-depth=32\nsettle=9\nwarmup=9s\ninterval=9s\n");
    try (AgentProcess app = AgentJvm.on(jdk)
        .withoutOptions()
        .jvmArgs("-Dleakwatch.interval=1s")
        .environment("LEAKWATCH_WARMUP", "2s")
        .environment("LEAKWATCH_INTERVAL", "8s")
        .options("settle=4,warmup=7s,interval=7s,config=" + file)
        .main(Ordinary.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.awaitLine("watches a JVM on"))
          .contains(
              " interval=1s (system property)",
              " warmup=2s (environment)",
              " settle=4 (agent argument)",
              " stack-depth=32 (config file)",
              " report-interval=60s ");
    }
  }
}
