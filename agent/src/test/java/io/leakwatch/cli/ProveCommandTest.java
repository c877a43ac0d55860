package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void saysWhatIsWrongWithAFileInOneLine() throws Exception {
    Path gzip = Files.write(folder.resolve("a.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    Path text = Files.writeString(folder.resolve("a.txt"), "hello");

    refused("\"" + folder.resolve("none") + "\" does not exist", folder.resolve("none"));
    refused("\"" + folder + "\" is a folder, not a heap dump", folder);
    refused(
        "\"" + gzip + "\" is compressed with gzip, which the first two bytes say; unpack it first:"
            + " gunzip -k FILE",
        gzip);
    refused(
        "\"" + text
            + "\" is no heap dump in the HPROF format: it must start with JAVA PROFILE 1.0.2",
        text);
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBehindTheOneThatWasPrinted() throws Exception {
    Path dump = folder.resolve("this.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    Path json = folder.resolve("none").resolve("proof.json");

    int status =
        command().run(ProveOptions.parse("prove", dump.toString(), "--json", json.toString()));

    assertThat(status).isEqualTo(CommandLine.FAILED);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("leakwatch proof of ");
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .last()
        .isEqualTo("leakwatch: the JSON report cannot be written to \"" + json
            + "\": its folder does not exist, or a part of it is a file");
  }

  @Test
  void theFolderOfADumpIsItsOwnersAloneAndGoesWithAllThatIsInIt() throws IOException {
    Path dump;
    try (DumpFolder made = DumpFolder.in(folder, stream(err))) {
      dump = made.file("heap.hprof");
      Files.writeString(dump, "x");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump.getParent())))
          .isEqualTo("rwx------");
    }

    assertThat(dump.getParent()).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeDeletedIsSaid() throws IOException {
    Path dumps = Files.createDirectory(folder.resolve("dumps"));
    Files.writeString(dumps.resolve("heap.hprof"), "x");

    DumpFolder.delete(
        dumps,
        file -> {
          throw new IOException("it is busy");
        },
        stream(err));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("leakwatch: " + dumps + " could not be deleted (it is busy);"
            + " there may be a heap dump in it: please delete it" + System.lineSeparator());
  }

  private void refused(String message, Path file) throws Exception {
    out.reset();
    err.reset();
    int status = command().run(ProveOptions.parse("prove", file.toString()));

    assertThat(status).isEqualTo(CommandLine.FAILED);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> !line.equals("leakwatch: reading the heap dump"))
        .containsExactly("leakwatch: " + message);
  }

  private ProveCommand command() {
    return new ProveCommand(
        () -> new FakeAttach(),
        new AgentJoin(
            "/opt/leakwatch.jar", "1.2.3", new Patience(Duration.ofMinutes(1)), stream(err)),
        InputStream.nullInputStream(),
        stream(out),
        stream(err),
        false);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
