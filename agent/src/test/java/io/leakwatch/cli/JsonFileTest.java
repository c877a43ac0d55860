package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {
  private final Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  JsonFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void isCreatedForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("proof.json");
    assertThat(write(file, "{}")).isEqualTo(CommandLine.OK);
    assertThat(file).hasContent("{}");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void writesAnewWhatExistsAndLeavesItsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("proof.json"), "something longer");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(write(file, "{}")).isEqualTo(CommandLine.OK);
    assertThat(file).hasContent("{}");
    assertThat(permissions(file)).isEqualTo("rw-r--r--");
  }

  @Test
  void saysInOneLineWhyItCannotBeWritten() {
    assertThat(write(folder, "{}")).isEqualTo(CommandLine.FAILED);
    assertThat(write(folder.resolve("none").resolve("proof.json"), "{}"))
        .isEqualTo(CommandLine.FAILED);
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("leakwatch: the JSON report cannot be written to "));
  }

  private int write(Path file, String json) {
    return JsonFile.write(
        file.toString(), json, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
