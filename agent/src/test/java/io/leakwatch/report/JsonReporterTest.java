package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leakwatch.finding.LeakReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReporterTest {
  private static final LeakReport REPORT = ReportBuilder.healthy().build();

  private final Path folder;

  JsonReporterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesOneObjectALineAndHasItOnDiskAtOnce() throws IOException {
    Path file = folder.resolve("leaks 100%.json");
    try (JsonReporter reporter = JsonReporter.to(file.toString())) {
      reporter.report(REPORT);
      assertThat(Files.readAllLines(file)).hasSize(1);
      reporter.report(REPORT);
    }
    assertThat(Files.readString(file)).endsWith("}\n");
    for (String line : Files.readAllLines(file)) {
      assertThat(new ObjectMapper().readTree(line).get("sequence").intValue()).isEqualTo(7);
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void opensNothingBeforeTheFirstReport() {
    Path file = folder.resolve("a.json");
    JsonReporter.to(file.toString()).close();
    assertThat(file).doesNotExist();
  }

  @Test
  void createsAFileThatOnlyItsOwnerCanRead() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path file = folder.resolve("a.json");
    JsonReporter.to(file.toString()).report(REPORT);
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void doesNotContinueALineThatACrashCutShort() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\"schema\":1,\"ti");
    JsonReporter.to(file.toString()).report(REPORT);
    assertThat(Files.readAllLines(file))
        .containsExactly("{\"schema\":1,\"ti", JsonText.format(REPORT));
  }

  @Test
  void namesTheFileAndTheReasonAndTriesAgainWithTheNextReport() throws IOException {
    Path missing = folder.resolve("missing");
    Path file = missing.resolve("a.json");
    JsonReporter reporter = JsonReporter.to(file.toString());
    assertThatThrownBy(() -> reporter.report(REPORT))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write JSON to " + file + " (No such file or directory)");
    Files.createDirectory(missing);
    reporter.report(REPORT);
    assertThat(Files.readAllLines(file)).containsExactly(JsonText.format(REPORT));
  }

  @Test
  void saysThatTheDiskIsFull() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a device that is always full");
    JsonReporter reporter = JsonReporter.to("/dev/full");
    assertThatThrownBy(() -> reporter.report(REPORT))
        .hasMessage("cannot write JSON to /dev/full (No space left on device)");
  }
}
