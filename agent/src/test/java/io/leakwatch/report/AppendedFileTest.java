package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {
  private final Path folder;

  AppendedFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a.log"), "old\n");
    append(file(file), "one\ntwo\n");
    append(file(file), "three\n");
    assertThat(file).hasContent("old\none\ntwo\nthree\n");
  }

  @Test
  void endsALineThatWasCutShortFirst() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\"schema\":1,\"ti");
    append(file(file), "{}\n");
    assertThat(file).hasContent("{\"schema\":1,\"ti\n{}\n");
  }

  @Test
  void takesAnyNameThatAFileCanHave() throws IOException {
    Path file = folder.resolve("100% of (my) {}$1 %i %d{yyyy} logs.log");
    AppendedFile rolled = file(file).rolledAt(4, 2);
    append(rolled, "one\n");
    append(rolled, "two\n");
    assertThat(file).hasContent("two\n");
    assertThat(Path.of(file + ".1")).hasContent("one\n");
  }

  @Test
  void createsTheFileForItsOwnerOnlyWhenToldTo() throws IOException {
    Path mine = folder.resolve("mine.json");
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    append(file(mine).ownerOnly(), "one\n");
    assertThat(permissions(mine)).isEqualTo("rw-------");
    Path shared = Files.createFile(folder.resolve("shared.json"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-r--r--"));
    append(file(shared).ownerOnly(), "one\n");
    assertThat(permissions(shared)).as("somebody else's choice").isEqualTo("rw-r--r--");
  }

  @Test
  void startsAgainWhenTheFileWasMovedAway() throws IOException {
    Path path = folder.resolve("a.log");
    AppendedFile file = file(path);
    append(file, "one\n");
    Files.move(path, folder.resolve("moved.log"));
    append(file, "two\n");
    assertThat(path).hasContent("two\n");
  }

  @Test
  void namesTheFileAndTheReasonAndWorksAgainWhenItsFolderIsBack() throws IOException {
    Path missing = folder.resolve("missing");
    Path path = missing.resolve("a.log");
    AppendedFile file = file(path);
    for (AppendedFile each : new AppendedFile[] {file, file.ownerOnly()}) {
      assertThatThrownBy(() -> append(each, "one\n"))
          .isInstanceOf(IOException.class)
          .hasMessage(path + " (No such file or directory)");
    }
    Files.createDirectory(missing);
    append(file, "two\n");
    assertThat(path).hasContent("two\n");
  }

  @Test
  void saysWhenThePathIsAFolder() {
    assertThatThrownBy(() -> append(file(folder), "one\n"))
        .hasMessage(folder + " (Is a directory)");
  }

  @Test
  void saysWhenTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device that is always full");
    assertThatThrownBy(() -> append(file(full), "one\n"))
        .hasMessage("/dev/full (No space left on device)");
  }

  @Test
  void isRolledBeforeItGetsTooLong() throws IOException {
    Path path = folder.resolve("a.log");
    AppendedFile file = file(path).rolledAt(10, 3);
    for (int i = 1; i <= 9; i++) {
      append(file, "line" + i + "\n");
    }
    assertThat(path).hasContent("line9\n");
    assertThat(folder.resolve("a.log.1")).hasContent("line8\n");
    assertThat(folder.resolve("a.log.2")).hasContent("line7\n");
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void isFilledToTheLimitBeforeItIsRolled() throws IOException {
    Path path = folder.resolve("a.log");
    AppendedFile file = file(path).rolledAt(12, 2);
    append(file, "line1\n");
    append(file, "line2\n");
    assertThat(path).hasContent("line1\nline2\n");
    append(file, "longer than the limit\n");
    assertThat(path).hasContent("longer than the limit\n");
    append(file, "x\n");
    assertThat(folder.resolve("a.log.1")).hasContent("longer than the limit\n");
  }

  @Test
  void saysWhenItCannotBeRolledAndDoesNotGrow() throws IOException {
    Path path = folder.resolve("a.log");
    Files.createDirectories(folder.resolve("a.log.1").resolve("in the way"));
    AppendedFile file = file(path).rolledAt(6, 2);
    append(file, "line1\n");
    assertThatThrownBy(() -> append(file, "line2\n"))
        .hasMessage(path + " (it is full and cannot be renamed to " + path + ".1)");
    assertThat(path).hasContent("line1\n");
  }

  private static AppendedFile file(Path path) {
    return new AppendedFile(new File(path.toString()));
  }

  private static void append(AppendedFile file, String lines) throws IOException {
    file.append(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
