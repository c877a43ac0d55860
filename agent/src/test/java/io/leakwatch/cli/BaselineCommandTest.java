package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineCommandTest {
  private static final String OLD =
      "{\"schema\":1,\"time\":\"2026-01-31T11:00:00.000Z\",\"sequence\":1,\"findings\":["
          + "{\"fingerprint\":\"aaaaaaaaaaaa\",\"kind\":\"DEADLOCK\",\"state\":\"NEW\","
          + "\"suspects\":[]}]}";
  private static final String LAST =
      "{\"schema\":1,\"time\":\"2026-01-31T12:00:00.000Z\",\"sequence\":7,\"findings\":["
          + "{\"fingerprint\":\"7f3a9c21b0d4\",\"kind\":\"THREAD_GROWTH\",\"state\":\"ONGOING\","
          + "\"suspects\":[\"com.acme.Quotes.load(Quotes.java:42)\"],\"summary\":\"s\"},"
          + "{\"fingerprint\":\"0123456789ab\",\"kind\":\"DEADLOCK\",\"state\":\"NEW\","
          + "\"suspects\":[],\"summary\":\"2 threads wait\"},"
          + "{\"fingerprint\":\"bbbbbbbbbbbb\",\"kind\":\"SLOW_TASK\",\"state\":\"RESOLVED\","
          + "\"suspects\":[],\"summary\":\"over\"}]}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder = Path.of("");

  @Test
  void theOpenFindingsOfTheLastReportBecomeLines() throws IOException {
    assertThat(baseline(OLD + "\n" + LAST + "\n")).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "# findings known from the report of 2026-01-31T12:00:00.000Z: delete what is"
                + " repaired, say why the rest is accepted",
            "7f3a9c21b0d4 THREAD_GROWTH com.acme.Quotes.load(Quotes.java:42)",
            "0123456789ab DEADLOCK 2 threads wait");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("2 findings taken from report 7 of ");
  }

  @Test
  void aReportThatWasCutOffDoesNotCount() throws IOException {
    assertThat(baseline(OLD + "\n" + LAST.substring(0, LAST.length() - 30))).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("aaaaaaaaaaaa DEADLOCK");
  }

  @Test
  void theDayOnWhichTheyExpireIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), LAST);

    assertThat(command().write(file.toString(), "2026-12-31")).isTrue();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("7f3a9c21b0d4 expires=2026-12-31 THREAD_GROWTH");
  }

  @Test
  void whatIsNoReportIsRefusedInOneLine() throws IOException {
    assertThat(baseline("{}\nhello\n")).isFalse();
    assertThat(command().write(folder.resolve("none").toString(), null)).isFalse();
    assertThat(command().write(folder.toString(), null)).isFalse();

    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("leakwatch: \""))
        .anyMatch(line -> line.endsWith("\" does not exist"))
        .anyMatch(line -> line.contains("holds no report"))
        .anyMatch(line -> line.contains("cannot be read: "));
  }

  private boolean baseline(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("reports.json"), content);
    return command().write(file.toString(), null);
  }

  private BaselineCommand command() {
    return new BaselineCommand(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
