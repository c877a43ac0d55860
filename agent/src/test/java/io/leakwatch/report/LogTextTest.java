package io.leakwatch.report;

import static io.leakwatch.finding.FindingState.NEW;
import static io.leakwatch.finding.FindingState.ONGOING;
import static io.leakwatch.finding.FindingState.RESOLVED;
import static io.leakwatch.finding.FindingState.RETRACTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTextTest {
  private static final String STATUS_WITH_ONE =
      "leakwatch: 41 platform + 1830 virtual threads (baseline 95), 12 executors, 1 finding (1"
          + " confirmed); agent busy 35 ms, 0 hook failures";

  private final LogText text = new LogText(false);

  @Test
  void isOneStatusLineWhenThereIsNothingToSay() {
    assertThat(text.format(ReportBuilder.healthy().build()))
        .isEqualTo(
            "leakwatch ok: 41 platform + 1830 virtual threads (baseline 95), 12 executors, no"
                + " findings; agent busy 35 ms, 0 hook failures");
  }

  @Test
  void saysInTheStatusLineWhatIsUnusual() {
    LeakReport report = ReportBuilder.healthy()
        .threads(1, 0, 0)
        .executors(1, 1)
        .agent(1, 17)
        .retractedTotal(2)
        .build();
    assertThat(text.format(report))
        .isEqualTo(
            "leakwatch incomplete: 1 platform + 0 virtual threads (no baseline yet), 1 executor (1"
                + " shut down, not terminated), no findings, 2 retracted so far; agent busy 35 ms,"
                + " 1 hook failure, 17 dropped from the account");
  }

  @Test
  void tellsANewFindingInFull() {
    LeakReport report =
        ReportBuilder.healthy().finding(NEW, FindingBuilder.executors().build()).build();
    assertThat(text.format(report)).isEqualTo("""
            leakwatch report 7 (periodic): 1 open finding, 1 new; JVM 4711, Java 25.0.3, up 13m 32s

            LEAK CONFIRMED  executor never shut down                                     [7f3a9c21b0d4]
              143 executors (143 threads), +12.0/min for 11m 40s, oldest 11m 52s
              created at  com.acme.QuoteService.quote(QuoteService.java:42)
              waiting in  LinkedBlockingQueue.take, idle worker, no timeout
              evidence    0 of 143 shut down; low-water mark rose in 14 of 14 samples; no task for 60 s
              threads     pool-143-thread-1, …
              fix         close it where it is made (try-with-resources on 19+), or make it once and share it
              stack       sampled, one representative for 143
                created   java.util.concurrent.ThreadPoolExecutor.<init>(ThreadPoolExecutor.java:1259)
                          java.util.concurrent.Executors.newFixedThreadPool(Executors.java:91)
                          com.acme.QuoteService.quote(QuoteService.java:42)
                          com.acme.QuoteServlet.doGet(QuoteServlet.java:17)
                waiting   jdk.internal.misc.Unsafe.park(Native Method)
                          java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)
                          java.lang.Thread.run(Thread.java:1474)

            """ + STATUS_WITH_ONE);
  }

  @Test
  void tellsAnOngoingFindingInShortBetweenTimes() {
    LeakReport report = ReportBuilder.healthy()
        .finding(ONGOING, FindingBuilder.executors().build())
        .build();
    assertThat(text.format(report)).isEqualTo("""
            leakwatch report 7 (periodic): 1 open finding; JVM 4711, Java 25.0.3, up 13m 32s

            LEAK CONFIRMED  executor never shut down                                     [7f3a9c21b0d4]
              143 executors (143 threads), +12.0/min for 11m 40s, oldest 11m 52s
              created at  com.acme.QuoteService.quote(QuoteService.java:42)
              waiting in  LinkedBlockingQueue.take, idle worker, no timeout

            """ + STATUS_WITH_ONE);
  }

  @Test
  void tellsAnOngoingFindingInFullAtTheEndAndOnRequest() {
    Finding finding = FindingBuilder.executors().build();
    String blockOfNew = afterTitle(ReportBuilder.healthy().finding(NEW, finding));
    for (Reason reason : List.of(Reason.FINAL, Reason.REQUEST)) {
      assertThat(afterTitle(ReportBuilder.healthy().finding(ONGOING, finding).reason(reason)))
          .isEqualTo(blockOfNew);
    }
  }

  @Test
  void tellsAnEndedFindingInOneLine() {
    Finding threads = FindingBuilder.executors()
        .fingerprint("0123456789ab")
        .kind(FindingKind.THREAD_GROWTH)
        .headline("12 threads")
        .build();
    LeakReport report = ReportBuilder.healthy()
        .finding(RESOLVED, FindingBuilder.executors().build())
        .finding(RETRACTED, threads)
        .retractedTotal(1)
        .build();
    assertThat(text.format(report)).isEqualTo("""
            leakwatch report 7 (periodic): 0 open findings; JVM 4711, Java 25.0.3, up 13m 32s

            LEAK RESOLVED   executor never shut down: 143 executors (143 threads) of \
            QuoteService.quote(QuoteService.java:42) since 2026-01-31T11:48:08Z  [7f3a9c21b0d4]
            LEAK RETRACTED  thread growth at a site: 12 threads of \
            QuoteService.quote(QuoteService.java:42) since 2026-01-31T11:48:08Z  [0123456789ab]

            leakwatch ok: 41 platform + 1830 virtual threads (baseline 95), 12 executors, no \
            findings, 1 retracted so far; agent busy 35 ms, 0 hook failures""");
  }

  @Test
  void tellsThreadsOverTheBaselineWithAGroupedDump() {
    LeakReport report = ReportBuilder.healthy()
        .threads(41, 1830, 95)
        .knownFinding(
            NEW,
            overBaseline()
                .stacks(
                    new StackGroup(
                        1500,
                        "1500 virtual threads of com.acme.Poller",
                        List.of("com.acme.Poller.start(Poller.java:3)"),
                        List.of(
                            "java.lang.VirtualThread.park(VirtualThread.java:738)",
                            "com.acme.Poller.poll(Poller.java:9)")),
                    new StackGroup(
                        12,
                        "12 platform threads of com.acme.Feed",
                        List.of("com.acme.Feed.start(Feed.java:3)"),
                        List.of()),
                    new StackGroup(1, "1 platform thread", List.of(), List.of()))
                .build())
        .build();
    assertThat(text.format(report)).isEqualTo("""
            leakwatch report 7 (periodic): 1 open finding, 1 new; JVM 4711, Java 25.0.3, up 13m 32s

            LEAK SUSPECTED  threads over baseline (known)                                [89abcdef0123]
              1871 live threads, baseline 95
              evidence    1871 > 2.0 x 95
              fix         look at the largest groups below; if the load has grown to stay, raise baseline-factor
              stacks      sampled, one representative for each group
                group     1500 virtual threads of com.acme.Poller
                created   com.acme.Poller.start(Poller.java:3)
                waiting   java.lang.VirtualThread.park(VirtualThread.java:738)
                          com.acme.Poller.poll(Poller.java:9)
                group     12 platform threads of com.acme.Feed
                created   com.acme.Feed.start(Feed.java:3)
                group     1 platform thread

            leakwatch: 41 platform + 1830 virtual threads (baseline 95), 12 executors, 1 finding (1 \
            suspected; 1 known); agent busy 35 ms, 0 hook failures""");
  }

  @Test
  void cutsLongStacksAndDumps() {
    List<String> frames = IntStream.range(0, 20)
        .mapToObj(i -> "com.acme.A.m%02d(A.java)".formatted(i))
        .toList();
    StackGroup small = new StackGroup(2, "2 threads", List.of(), List.of());
    String report = text.format(ReportBuilder.healthy()
        .finding(
            NEW,
            overBaseline()
                .createdAt(frames)
                .waitingAt(frames)
                .stacks(Collections.nCopies(12, small).toArray(StackGroup[]::new))
                .build())
        .build());
    assertThat(report)
        .contains(
            "com.acme.A.m11(A.java)\n              … 8 more\n    waiting   com.acme.A.m00(A.java)\n",
            "com.acme.A.m13(A.java)\n              … 6 more\n  stacks ",
            "    group     2 threads\n              … 2 more groups (4 threads)\n");
    assertThat(report.lines().filter("    group     2 threads"::equals)).hasSize(10);
  }

  @Test
  void wrapsLongSentencesUnderTheirStart() {
    String phrase = "low-water mark rose in 14 of 14 samples";
    Finding finding = FindingBuilder.executors()
        .evidence(phrase, phrase, phrase, phrase)
        .advice("a".repeat(130) + " b")
        .build();
    assertThat(text.format(ReportBuilder.healthy().finding(NEW, finding).build()))
        .contains(
            "  evidence    low-water mark rose in 14 of 14 samples; low-water mark rose in 14 of 14"
                + " samples; low-water mark rose in\n"
                + "              14 of 14 samples; low-water mark rose in 14 of 14 samples\n"
                + "  threads     pool-143-thread-1, …\n"
                + "  fix         "
                + "a".repeat(130)
                + "\n"
                + "              b\n");
  }

  @Test
  void blamesTheSuspectWhenItIsNotWhereTheThreadsWereCreated() {
    Finding waits = FindingBuilder.executors()
        .suspects("com.acme.Poller.poll(Poller.java:9)")
        .createdAt(List.of("com.acme.Poller.start(Poller.java:3)"))
        .build();
    Finding unknown =
        FindingBuilder.executors().createdAt(List.of()).waiting("").build();
    LeakReport report = ReportBuilder.healthy()
        .finding(ONGOING, waits)
        .finding(ONGOING, unknown)
        .build();
    assertThat(text.format(report))
        .contains(
            """
              created at  com.acme.Poller.start(Poller.java:3)
              suspect     com.acme.Poller.poll(Poller.java:9)
              waiting in  LinkedBlockingQueue.take, idle worker, no timeout

            """,
            "oldest 11m 52s\n  suspect     com.acme.QuoteService.quote(QuoteService.java:42)\n\n");
  }

  @Test
  void leavesOutGrowthAndAgeWhereThereIsNone() {
    Finding finding = FindingBuilder.executors()
        .growth(0.01, Duration.ofSeconds(9))
        .oldest(Duration.ofMillis(900))
        .build();
    assertThat(text.format(ReportBuilder.healthy().finding(NEW, finding).build()))
        .contains("]\n  143 executors (143 threads)\n  created at");
    Finding shrinking = FindingBuilder.executors().growth(-12.34, Duration.ZERO).build();
    assertThat(text.format(ReportBuilder.healthy().finding(NEW, shrinking).build()))
        .contains("]\n  143 executors (143 threads), -12.3/min, oldest 11m 52s\n");
  }

  @Test
  void showsAFewThreadNamesCutAndEscaped() {
    Finding finding = FindingBuilder.executors()
        .threadNames("a\u001b[31mred\nLEAK", "n".repeat(101), "{} %d", "not shown")
        .threads(4)
        .build();
    assertThat(text.format(ReportBuilder.healthy().finding(NEW, finding).build()))
        .contains("  threads     a\\u001b[31mred\\nLEAK,\n              "
            + "n".repeat(100)
            + "…, {}\n              %d, …\n");
  }

  @Test
  void letsNothingFromTheApplicationBreakALine() {
    String evil = "x\r\ny\u001b[2J\u202e\u2028\ud800";
    Finding finding = FindingBuilder.executors()
        .suspects(evil)
        .headline(evil)
        .waiting(evil)
        .evidence(evil)
        .advice(evil)
        .threadNames(evil)
        .createdAt(List.of(evil))
        .waitingAt(List.of(evil))
        .stacks(new StackGroup(1, evil, List.of(evil), List.of(evil)))
        .build();
    String report = text.format(ReportBuilder.healthy()
        .finding(NEW, finding)
        .finding(RETRACTED, finding)
        .build());
    assertThat(report).doesNotContain("\r", "\u001b", "\u202e", "\u2028", "\ud800");
    assertThat(report.lines().filter(line -> line.startsWith("y"))).isEmpty();
    assertThat(report).contains("created at  x\\r\\ny\\u001b[2J\\u202e\\u2028\\ud800\n");
  }

  @Test
  void coloursTheVerdictWhenToldTo() {
    Finding confirmed = FindingBuilder.executors().build();
    Finding suspected = FindingBuilder.executors().verdict(Verdict.SUSPECTED).build();
    LeakReport report = ReportBuilder.healthy()
        .finding(ONGOING, confirmed)
        .finding(ONGOING, suspected)
        .finding(RETRACTED, confirmed)
        .build();
    String coloured = new LogText(true).format(report);
    assertThat(coloured)
        .contains(
            "\n\u001b[1;31mLEAK CONFIRMED\u001b[0m  executor never",
            "\n\u001b[33mLEAK SUSPECTED\u001b[0m  executor never",
            "\n\u001b[32mLEAK RETRACTED\u001b[0m  executor never");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text.format(report));
  }

  @Test
  void alignsAShortVerdictLikeTheOthers() {
    Finding proven = FindingBuilder.executors().verdict(Verdict.PROVEN).build();
    assertThat(text.format(ReportBuilder.healthy().finding(ONGOING, proven).build()))
        .contains(
            "LEAK PROVEN     executor never shut down                                     [7f3a");
  }

  @Test
  void staysUnderAHundredKilobytesWithAThousandFindingsForAHundredThousandThreads() {
    ReportBuilder builder = ReportBuilder.healthy().retractedTotal(10).reason(Reason.FINAL);
    for (int i = 0; i < 990; i++) {
      builder.finding(i % 2 == 0 ? NEW : ONGOING, huge());
    }
    for (int i = 0; i < 10; i++) {
      builder.finding(RETRACTED, huge());
    }
    String report = text.format(builder.build());
    assertThat(report.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(70_000, 99_000);
    long told = report.lines().filter(line -> line.startsWith("LEAK CONFIRMED")).count();
    long full = report.lines().filter(line -> line.startsWith("  stack ")).count();
    assertThat(full).isBetween(10L, told - 10);
    assertThat(report)
        .contains("\n… " + (990 - told) + " more findings, ")
        .contains(" of them new; the JSON report lists all\n\nleakwatch: ")
        .contains("990 findings (990 confirmed), 10 retracted so far");
    assertThat(report.lines().filter(line -> line.startsWith("LEAK RETRACTED"))).hasSize(10);
  }

  @Test
  void staysUnderAHundredKilobytesWithASingleFindingOfAbsurdTexts() {
    String absurd = "é".repeat(100_000);
    List<String> frames = Collections.nCopies(64, absurd);
    Finding finding = FindingBuilder.executors()
        .suspects(absurd)
        .headline(absurd)
        .waiting(absurd)
        .evidence(Collections.nCopies(1_000, absurd).toArray(String[]::new))
        .advice(absurd)
        .threadNames(absurd, absurd)
        .createdAt(frames)
        .waitingAt(frames)
        .stacks(Collections.nCopies(100, new StackGroup(1, absurd, frames, frames))
            .toArray(StackGroup[]::new))
        .build();
    String report = text.format(ReportBuilder.healthy().finding(NEW, finding).build());
    assertThat(report.getBytes(StandardCharsets.UTF_8).length).isLessThan(99_000);
    assertThat(report).contains("LEAK CONFIRMED  executor never shut down");
  }

  @Test
  void tellsDurationsByTheirTwoLargestUnits() {
    assertThat(Words.duration(Duration.ofMillis(999))).isEqualTo("0s");
    assertThat(Words.duration(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(Words.duration(Duration.ofSeconds(700))).isEqualTo("11m 40s");
    assertThat(Words.duration(Duration.ofHours(1))).isEqualTo("1h 0m");
    assertThat(Words.duration(Duration.ofMinutes(1_439))).isEqualTo("23h 59m");
    assertThat(Words.duration(Duration.ofHours(75))).isEqualTo("3d 3h");
    assertThat(Words.duration(Duration.ofSeconds(-1))).isEqualTo("0s");
  }

  private static FindingBuilder overBaseline() {
    return FindingBuilder.executors()
        .fingerprint("89abcdef0123")
        .kind(FindingKind.THREADS_OVER_BASELINE)
        .verdict(Verdict.SUSPECTED)
        .headline("1871 live threads, baseline 95")
        .growth(0, Duration.ZERO)
        .oldest(Duration.ZERO)
        .suspects()
        .waiting("")
        .evidence("1871 > 2.0 x 95")
        .advice(FindingKind.THREADS_OVER_BASELINE.advice())
        .threadNames()
        .createdAt(List.of())
        .waitingAt(List.of());
  }

  /** As large as findings get when all goes by the rules. */
  private static Finding huge() {
    String[] names =
        Collections.nCopies(Finding.MAX_THREAD_NAMES, "n".repeat(200)).toArray(String[]::new);
    List<String> frames =
        Collections.nCopies(64, "com.acme.a.rather.long.name.Of$A$Class.method(Of.java:123)");
    return FindingBuilder.executors()
        .count(100)
        .threads(100)
        .threadNames(names)
        .createdAt(frames)
        .waitingAt(frames)
        .build();
  }

  private String afterTitle(ReportBuilder report) {
    String formatted = text.format(report.build());
    return formatted.substring(formatted.indexOf('\n'));
  }
}
