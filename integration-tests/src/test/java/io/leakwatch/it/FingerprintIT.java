package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same leaks have the same fingerprints in every run, on every JDK, and after edits elsewhere in the file. */
class FingerprintIT {
  private static final Path PROGRAM =
      Path.of("src/test/programs/Fingerprinted.java").toAbsolutePath();
  private static final Set<String> KINDS = Set.of(
      "SIGNAL_NEVER_COMES",
      "EXECUTOR_NEVER_SHUT_DOWN",
      "SCHEDULED_TASK_STOPPED",
      "QUEUE_BACKLOG",
      "DEADLOCK");

  @Test
  void areEqualAcrossRunsJdksAndEdits(@TempDir Path folder) throws IOException {
    Path same = copy(folder.resolve("same"), Files.readString(PROGRAM));
    Path edited =
        copy(folder.resolve("edited"), Files.readString(PROGRAM).replaceAll("// edit: ?", ""));
    List<AgentProcess> running = new ArrayList<>();
    try {
      for (JdkUnderTest jdk : JdkUnderTest.all()) {
        for (Path source : List.of(same, same, edited)) {
          running.add(AgentJvm.on(jdk).source(source));
        }
      }
      Map<String, String> first = fingerprints(running.get(0));
      for (AgentProcess app : running) {
        assertThat(fingerprints(app)).as(app::transcript).isEqualTo(first);
      }
    } finally {
      running.forEach(AgentProcess::close);
    }
  }

  private static Path copy(Path folder, String text) throws IOException {
    return Files.writeString(Files.createDirectory(folder).resolve(PROGRAM.getFileName()), text);
  }

  /** By kind, once all are found. */
  private static Map<String, String> fingerprints(AgentProcess app) {
    for (String kind : KINDS) {
      app.awaitFinding(finding -> finding.kind().equals(kind));
    }
    Map<String, String> byKind = new TreeMap<>();
    for (Report.Finding finding : app.findings()) {
      if (KINDS.contains(finding.kind())) {
        String before = byKind.put(finding.kind(), finding.fingerprint());
        assertThat(before).as(app::transcript).isIn(null, finding.fingerprint());
      }
    }
    return byKind;
  }
}
