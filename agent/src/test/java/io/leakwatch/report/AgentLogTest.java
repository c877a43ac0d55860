package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLogTest {
  private final RecordedOutput output = new RecordedOutput();
  private final RecordedOutput stderr = new RecordedOutput();
  private final AgentLog log = new AgentLog(output, stderr);

  private final Path folder;

  AgentLogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void startsALineWithTheTimeInUtcToTheSecond() {
    log.info("watching");
    assertThat(output.text())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ leakwatch INFO watching\n");
    Instant time = Instant.parse(output.text().substring(0, 20));
    assertThat(Duration.between(time, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void tellsWarningsFromTheRest() {
    log.info("one");
    log.warn("two");
    assertThat(output.lines()).containsExactly("INFO one", "WARN two");
    assertThat(stderr.text()).isEmpty();
  }

  @Test
  void takesNoMessageForAPattern() {
    log.info("{} %d %n ${user.home} \\{}");
    log.report("leakwatch {} %d %n ${user.home}");
    assertThat(output.lines())
        .containsExactly("INFO {} %d %n ${user.home} \\{}", "{} %d %n ${user.home}");
  }

  @Test
  void keepsAMessageOnOneLine() {
    log.warn("thread \"a\r\nb\u001b[31m\" failed");
    assertThat(output.lines()).containsExactly("WARN thread \"a\\r\\nb\\u001b[31m\" failed");
  }

  @Test
  void writesAReportAsItIsAfterTheTime() {
    LeakReport report = ReportBuilder.healthy()
        .finding(FindingState.NEW, FindingBuilder.executors().build())
        .build();
    LogText text = new LogText(false);
    try (LogReporter reporter = new LogReporter(log, text)) {
      reporter.report(report);
    }
    assertThat(output.text().substring("2026-01-31T12:00:00Z ".length()))
        .isEqualTo(text.format(report) + "\n");
    log.info("still open");
    assertThat(output.lines()).last().isEqualTo("INFO still open");
  }

  @Test
  void goesToStderrWhileItCannotBeWrittenAndSaysWhyOnce() {
    output.failWith("/x/a.log (No space left on device)");
    log.info("one");
    log.info("two");
    String notice =
        "WARN cannot write the log to /x/a.log (No space left on device); it goes to stderr until"
            + " that works";
    assertThat(stderr.lines()).containsExactly(notice, "INFO one", "INFO two");
    output.failWith(null);
    log.info("three");
    assertThat(output.lines()).containsExactly("INFO three");
    output.failWith("/x/a.log (No space left on device)");
    log.info("four");
    assertThat(stderr.lines()).containsExactly(notice, "INFO one", "INFO two", notice, "INFO four");
  }

  @Test
  void losesALineRatherThanToThrow() {
    output.failWith("gone");
    stderr.failWith("gone");
    log.info("one");
    log.report("leakwatch ok");
    stderr.failWith(null);
    log.info("two");
    assertThat(stderr.lines()).containsExactly("INFO two");
  }

  @Test
  void writesNothingMoreWhenItIsClosed() {
    log.info("one");
    log.close();
    log.close();
    log.info("two");
    assertThat(output.lines()).containsExactly("INFO one");
    AgentLog neverUsed = new AgentLog(output, stderr);
    neverUsed.close();
    neverUsed.info("three");
    assertThat(output.lines()).containsExactly("INFO one");
  }

  @Test
  void writesAFileInUtf8UnderAnyName() throws IOException {
    Path file = folder.resolve("100% of (my) %d{} logs.log");
    try (AgentLog toFile = AgentLog.open(file.toString())) {
      assertThat(file).as("nothing to write yet").doesNotExist();
      toFile.info("Grüße 東京");
      assertThat(file).content().endsWith("Z leakwatch INFO Grüße 東京\n");
      toFile.info("two");
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void rollsAFileByItsSize() throws IOException {
    Path file = folder.resolve("a.log");
    String megabyte = ("x".repeat(1023) + "\n").repeat(1024);
    try (AgentLog toFile = AgentLog.open(file.toString())) {
      for (int i = 0; i < 70; i++) {
        toFile.report(megabyte);
      }
    }
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("a.log", "a.log.1", "a.log.2", "a.log.3", "a.log.4");
    for (int i = 1; i < AgentLog.MAX_FILES; i++) {
      assertThat(Files.size(folder.resolve("a.log." + i)))
          .isBetween(AgentLog.MAX_FILE_BYTES * 9 / 10 - 1_000, AgentLog.MAX_FILE_BYTES);
    }
  }

  @Test
  void comesBackToAFileWhoseFolderWasGone() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Path file = gone.resolve("a.log");
    AgentLog toFile = new AgentLog(LineOutput.file(file.toString()), stderr);
    toFile.info("one");
    Files.delete(file);
    Files.delete(gone);
    toFile.info("two");
    Files.createDirectory(gone);
    toFile.info("three");
    assertThat(file).content().endsWith("INFO three\n").doesNotContain("INFO one");
    assertThat(stderr.lines())
        .containsExactly(
            "WARN cannot write the log to "
                + file
                + " (No such file or directory); it goes to stderr until that works",
            "INFO two");
  }

  @Test
  void saysOnceThatTheDiskIsFull() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a device that is always full");
    AgentLog full = new AgentLog(LineOutput.file("/dev/full"), stderr);
    full.info("one");
    full.info("two");
    assertThat(stderr.lines())
        .containsExactly(
            "WARN cannot write the log to /dev/full (No space left on device); it goes to stderr"
                + " until that works",
            "INFO one",
            "INFO two");
  }

  @Test
  void writesWholeLinesWhenSeveralThreadsLog() throws InterruptedException {
    List<Thread> threads = List.of("a", "b", "c").stream()
        .map(name -> new Thread(
            () -> {
              for (int i = 0; i < 100; i++) {
                log.info(name.repeat(200));
              }
            },
            name))
        .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(output.lines()).hasSize(300).allMatch(line -> line.matches("INFO (a+|b+|c+)"));
  }
}
