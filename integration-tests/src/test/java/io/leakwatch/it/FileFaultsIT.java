package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.programs.LeakUntilTold;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the files of a running agent: it says so in a line, goes on, and is back when they are. */
class FileFaultsIT {
  private static final String OFTEN = "interval=100ms,report-interval=100ms";

  private final Path folder;

  FileFaultsIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @OnEveryJdk
  void theirFolderVanishesAndComesBack(JdkUnderTest jdk) throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Path log = logs.resolve("leaks.log");
    Path json = logs.resolve("leaks.json");
    try (AgentProcess app = AgentJvm.on(jdk)
        .options(OFTEN + ",log=" + log + ",json=" + json)
        .main(LeakUntilTold.class)) {
      awaitGrowth(app, log, json);

      Path aside = folder.resolve("aside");
      Files.move(logs, aside);
      app.awaitLine("cannot write the log to " + log);
      app.awaitLine("cannot write JSON to " + json);
      Files.createDirectory(logs);
      awaitGrowth(app, log, json);

      // As a log rotation does it.
      Files.move(log, logs.resolve("leaks.log.old"));
      Files.move(json, logs.resolve("leaks.json.old"));
      awaitGrowth(app, log, json);
      app.sendLine("exit 0");
      assertThat(app.awaitExit()).as(app::transcript).isZero();

      assertThat(unreadable(json)).isEmpty();
      assertThat(unreadable(aside.resolve("leaks.json"))).isEmpty();
      assertThat(app.stderr().lines().filter(line -> line.contains("cannot write the log")))
          .hasSize(1);
    }
  }

  @OnEveryJdk
  void theirDiskIsFullForAWhile(JdkUnderTest jdk) throws IOException {
    assumeTrue(Namespaces.canMount(), "needs the right to mount");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path log = disk.resolve("leaks.log");
    Path json = disk.resolve("leaks.json");
    try (AgentProcess app = AgentJvm.on(jdk)
        .options(OFTEN + ",log=" + log + ",json=" + json)
        .inside(Namespaces.smallDisk(disk, 128))
        .main(LeakUntilTold.class)) {
      // Nothing of it is there before the namespace is.
      app.awaitStart("java");
      Path seen = Namespaces.seenFromOutside(app.pid(), disk);
      Path seenLog = seen.resolve("leaks.log");
      Path seenJson = seen.resolve("leaks.json");
      awaitGrowth(app, seenLog, seenJson);
      Path ballast = Files.write(seen.resolve("ballast"), new byte[90 << 10]);

      app.awaitLine("cannot write the log to " + log);
      // To stderr, or to the log while that still had room.
      Awaitility.await("a line about the JSON")
          .atMost(AgentProcess.DEADLINE)
          .until(() -> (Files.readString(seenLog) + app.stderr()).contains("cannot write JSON to"));
      Files.delete(ballast);
      awaitGrowth(app, seenLog, seenJson);

      // One line may have been cut short, and is ended before the next.
      assertThat(unreadable(seenJson)).as(app::transcript).hasSizeLessThanOrEqualTo(1);
      app.sendLine("exit 0");
      assertThat(app.awaitExit()).as(app::transcript).isZero();
    }
  }

  private static void awaitGrowth(AgentProcess app, Path... files) {
    for (Path file : files) {
      long before = size(file);
      Awaitility.await(file + " grows")
          .atMost(AgentProcess.DEADLINE)
          .untilAsserted(() -> assertThat(size(file)).as(app::transcript).isGreaterThan(before));
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The complete lines of a file that are no JSON. */
  static List<String> unreadable(Path json) throws IOException {
    String text = Files.readString(json);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(FileFaultsIT::isNoJson)
        .toList();
  }

  private static boolean isNoJson(String line) {
    try {
      new ObjectMapper().readTree(line);
      return false;
    } catch (JsonProcessingException e) {
      return true;
    }
  }
}
