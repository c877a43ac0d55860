package io.leakwatch.leakbench;

import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of one variant of one program on one JDK.
 *
 * <p>Its files are named after it, so that a folder of results needs no index: {@code .json} are the agent's reports,
 * {@code .out} what it printed, {@code .status} its exit status, {@code .watch.tsv} and {@code .truth.tsv} what the
 * naive watcher saw.
 *
 * @param repetition from 1 on
 */
record Run(String caseId, Variant variant, int jdk, int repetition) {
  private static final Pattern STATUS_FILE =
      Pattern.compile("([a-z]\\d+)\\.(leaky|clean)\\.jdk(\\d+)\\.r(\\d+)\\.status");
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** The runs whose results are in a folder, ordered by program, variant, JDK and repetition. */
  static List<Run> in(Path results) {
    try (Stream<Path> files = Files.list(results)) {
      return files
          .map(file -> STATUS_FILE.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> new Run(
              name.group(1),
              Variant.valueOf(name.group(2).toUpperCase(Locale.ROOT)),
              Integer.parseInt(name.group(3)),
              Integer.parseInt(name.group(4))))
          .sorted(java.util.Comparator.comparing(Run::toString))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its file of that kind, such as {@code json}. */
  Path file(Path results, String kind) {
    return results.toAbsolutePath().resolve(this + "." + kind);
  }

  /** Runs it to its end. */
  void execute(LeakCase leakCase, Jdk on, CompiledCases programs, RunSettings settings)
      throws IOException {
    String classPath = programs.classPath(leakCase, variant);
    Path results = settings.results();
    Files.createDirectories(results);
    for (String kind : List.of("json", "out", "status", "watch.tsv", "truth.tsv")) {
      Files.deleteIfExists(file(results, kind));
    }
    int status = Command.run(
        command(leakCase, on, classPath, settings), file(results, "out"), GRACE.plusMillis((long)
            (settings.seconds() * 1000)));
    Files.writeString(file(results, "status"), status + "\n");
  }

  private List<String> command(LeakCase leakCase, Jdk on, String classPath, RunSettings settings) {
    List<String> command =
        new ArrayList<>(List.of(on.tool("java"), "-Xmx384m", "-XX:-UsePerfData"));
    if (on.feature() > 23) {
      // Libraries of today do what JDKs warn about since then.
      command.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(leakCase.jvmArgs());
    command.add("-Dleakbench.seconds=" + settings.seconds());
    command.add("-Dleakbench.slower=" + settings.slower());
    Path agent = settings.agent();
    if (agent != null) {
      command.add("-javaagent:%s=%s,json=%s"
          .formatted(agent.toAbsolutePath(), settings.options(), file(settings.results(), "json")));
    } else {
      if (on.feature() > 20) {
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.vm=ALL-UNNAMED"));
      }
      command.add("-Dleakbench.watch=" + file(settings.results(), "watch.tsv"));
      command.add("-Dleakbench.truth=" + file(settings.results(), "truth.tsv"));
    }
    command.addAll(List.of("-cp", classPath, leakCase.main(), variant.argument()));
    return command;
  }

  @Override
  public String toString() {
    return "%s.%s.jdk%d.r%d".formatted(caseId, variant.argument(), jdk, repetition);
  }
}
