package io.leakwatch.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** When, where and of what something was measured, in a line. */
final class Conditions {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

  private Conditions() {}

  /** Of now; the load is that of the last minute, thus of before. */
  static String line(Bench bench) {
    String pinned = bench.options().text("--cpu", "none");
    return (bench.options().isQuick()
            ? "**Made with `--quick`: shows that it runs, the figures mean nothing.** "
            : "")
        + "JDK " + bench.jdk().version()
        + ", " + ZonedDateTime.now(ZoneOffset.UTC).format(TIME)
        + ", " + Runtime.getRuntime().availableProcessors() + " cores"
        + (pinned.equals("none") ? ", not pinned" : ", pinned where threads hand over")
        + ", load " + load() + " before"
        + ", Leakwatch " + version(bench.contestants().leakwatchJar())
        + ", sources at " + commit();
  }

  private static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String version(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String version = manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      return version == null ? "of unknown version" : version;
    } catch (IOException e) {
      return "of unknown version";
    }
  }

  private static String commit() {
    try {
      Process git = new ProcessBuilder(
              List.of("git", "describe", "--always", "--dirty", "--exclude=*"))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String said = git.inputReader().readLine();
      return said == null ? "an unknown commit" : said;
    } catch (IOException e) {
      return "an unknown commit";
    }
  }
}
