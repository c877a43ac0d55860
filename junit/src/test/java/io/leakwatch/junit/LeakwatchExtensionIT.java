package io.leakwatch.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Suites of every kind, run by a launcher in this JVM, to which the agent attaches itself. */
class LeakwatchExtensionIT {
  @Test
  void eachTestIsToldWhatItHasLeftAndNoOtherTestIs() {
    SuiteRun run = SuiteRun.of("LeakySuite");

    assertThat(run.failure("clean()")).isNull();
    assertThat(run.message("leavesThread()"))
        .startsWith("LeakySuite.leavesThread() has left something behind: thread left running\n\n")
        .contains("LEAK CONFIRMED  thread left running")
        .contains("1 thread\n")
        .contains("created at  com.acme.suites.LeakySuite.leavesThread(LeakySuite.java:")
        .contains("threads     left-thread")
        .contains("after the end of LeakySuite.leavesThread()")
        .doesNotContain("org.junit");
    assertThat(run.message("leavesExecutor()"))
        .contains("LEAK CONFIRMED  executor never shut down")
        .contains("1 executor (1 thread)")
        .contains("created at  com.acme.suites.LeakySuite.leavesExecutor(LeakySuite.java:");
    assertThat(run.message("leavesExecutorThatCannotTerminate()"))
        .contains("executor shut down but never terminated")
        .contains("called from com.acme.suites.Parked.here(");
    assertThat(run.message("leavesTaskInSharedPool()"))
        .contains("LEAK CONFIRMED  task left running")
        .contains("1 task in a shared executor")
        .contains("com.acme.suites.LeakySuite.leavesTaskInSharedPool(LeakySuite.java:");
    assertThat(run.message("leavesThreadOverAStageInASharedPool()"))
        .contains("threads     left-by-stage");
    assertThat(run.message("leavesSchedule()"))
        .contains("LEAK CONFIRMED  scheduled task never cancelled")
        .contains("com.acme.suites.LeakySuite.leavesSchedule(LeakySuite.java:");
    assertThat(run.failure("number 1")).isNull();
    assertThat(run.message("number 2")).contains("left-by-parameter-2");
    assertThat(run.failure("number 3")).isNull();
    assertThat(run.failure("repetition 2 of 3")).isNull();
    assertThat(run.message("repetition 3 of 3")).contains("left-by-repetition-3");
    assertThat(run.failure("first")).isNull();
    assertThat(run.message("second")).contains("left-by-dynamic-second");
    assertThat(run.failure("third")).isNull();
    assertThat(run.message("leaves()")).contains("left-by-nested");
    assertThat(run.failure("dynamic()")).isNull();
    assertThat(run.failure("Inner")).isNull();
    assertThat(run.failure("LeakySuite")).isNull();
  }

  @Test
  void aTestThatFailsKeepsItsFailureAndIsToldBesides() {
    SuiteRun run = SuiteRun.of("LeakySuite");

    assertThat(run.failure("failsAndLeaves()")).hasMessageContaining("its own failure");
    assertThat(run.suppressed("failsAndLeaves()"))
        .singleElement()
        .isInstanceOf(LeakError.class)
        .asString()
        .contains("left-by-failing-test");
    assertThat(run.failure("failsOnly()")).hasMessage("only that");
    assertThat(run.suppressed("failsOnly()")).isEmpty();
  }

  @Test
  void whatTheTestsOfAClassShareIsTheClasss() {
    SuiteRun run = SuiteRun.of("LeakyClass");

    assertThat(run.failure("usesIt()")).isNull();
    assertThat(run.failure("usesItToo()")).isNull();
    assertThat(run.message("LeakyClass"))
        .contains("executor never shut down")
        .contains("after the end of LeakyClass;")
        .contains("created at  com.acme.suites.LeakyClass.open(LeakyClass.java:");
  }

  @Test
  void testsSideBySideAreToldApart() {
    Map<String, String> parallel = Map.of(
        "junit.jupiter.execution.parallel.enabled", "true",
        "junit.jupiter.execution.parallel.config.strategy", "fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8",
        "junit.jupiter.execution.parallel.config.fixed.max-pool-size", "8");

    SuiteRun run = SuiteRun.of("ParallelSuite", parallel);

    for (int number = 0; number < 32; number++) {
      String message = run.message(Integer.toString(number));
      assertThat(names("left-by-", message))
          .as(message)
          .isEqualTo(number % 2 == 1 ? number + " " : "");
      assertThat(names("task-of-", message))
          .as(message)
          .isEqualTo(number % 4 == 1 ? number + " " : "");
      assertThat(message.isEmpty()).as(message).isEqualTo(number % 2 == 0);
    }
    assertThat(run.failure("ParallelSuite")).isNull();
  }

  @Test
  void whatIsForeseenFailsNoTest() {
    SuiteRun run = SuiteRun.of("ExpectingSuite");

    assertThat(run.failure("leavesWhatIsExpected()")).isNull();
    assertThat(run.message("doesNotLeaveWhatIsExpected()"))
        .isEqualTo("ExpectingSuite.doesNotLeaveWhatIsExpected() was expected to leave behind"
            + " THREAD_LEFT_RUNNING, and has not\n");
    assertThat(run.message("leavesMoreThanIsExpected()"))
        .contains("executor never shut down")
        .doesNotContain("thread left running");
    assertThat(run.failure("ignoredByName()")).isNull();
    assertThat(run.failure("ignoredByCreator()")).isNull();
    assertThat(run.failure("ignoredByAnyFrame()")).isNull();
    assertThat(run.failure("ignoredByTopFrame()")).isNull();
    assertThat(run.message("notIgnoredByName()")).contains("ours-1");
    assertThat(run.failure("leftOut()")).isNull();
    assertThat(run.message("otherOneIsKnown()")).contains("not-known");
  }

  @Test
  void growthIsWhatEveryRoundLeaves() {
    SuiteRun run = SuiteRun.of("GrowthSuite");

    assertThat(run.failure("makesOneThingAndKeepsIt()")).isNull();
    assertThat(run.message("growsEachTime()"))
        .startsWith("each of 3 rounds of GrowthSuite.growsEachTime() has left something behind")
        .contains("created at  com.acme.suites.GrowthSuite.growsEachTime(GrowthSuite.java:");
    assertThat(run.message("oneRoundIsNoGrowth()")).contains("at least 2 are needed");
  }

  @Test
  void onlyReportsWhereToldSo() {
    SuiteRun run = SuiteRun.of("LeakyClass", Map.of("leakwatch.junit.report-only", "true"));

    assertThat(run.failure("LeakyClass")).isNull();
  }

  @Test
  void aKnownFingerprintFailsNoTestUntilItExpires() throws Exception {
    String fingerprint = fingerprint(SuiteRun.of("LeakyClass").message("LeakyClass"));

    assertThat(withKnown(fingerprint + " expires=2999-12-31 the vendor's").failure("LeakyClass"))
        .isNull();
    assertThat(withKnown(fingerprint + " expires=2001-01-01 the vendor's").message("LeakyClass"))
        .contains(fingerprint);
  }

  @Test
  void aFileOfKnownLeaksThatIsBadIsSaidInOneLineAndAcceptsNothing() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      assertThat(withKnown("nonsense").failure("LeakyClass")).isInstanceOf(LeakError.class);
      assertThat(SuiteRun.of("LeakyClass", Map.of("leakwatch.junit.known", "no/such/file"))
              .failure("LeakyClass"))
          .isInstanceOf(LeakError.class);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(UTF_8).lines().filter(line -> line.contains("leakwatch.junit.known")))
        .satisfiesExactly(
            line -> assertThat(line)
                .startsWith("leakwatch.junit.known: /")
                .endsWith(
                    ", line 2: \"nonsense\" is not a fingerprint of 12 hex digits, expires=YYYY-MM-DD if it"
                        + " does, the reason; it is ignored"),
            line -> assertThat(line)
                .isEqualTo(
                    "leakwatch.junit.known: \"no/such/file\" cannot be read: it does not exist; no finding is"
                        + " known"));
  }

  @Test
  void aBadSettingIsSaidWithWhatIsAccepted() {
    assertThat(SuiteRun.of("LeakyClass", Map.of("leakwatch.junit.scope", "galaxy"))
            .message("LeakyClass"))
        .contains("leakwatch.junit.scope: 'galaxy' is not one of method, class, run");
  }

  private static SuiteRun withKnown(String line) throws Exception {
    java.nio.file.Path file = java.nio.file.Files.createTempFile("known", ".txt");
    try {
      java.nio.file.Files.writeString(file, "# accepted\n" + line + "\n");
      return SuiteRun.of("LeakyClass", Map.of("leakwatch.junit.known", file.toString()));
    } finally {
      java.nio.file.Files.delete(file);
    }
  }

  private static String fingerprint(String message) {
    Matcher matcher = Pattern.compile("\\[([0-9a-f]{12})]").matcher(message);
    assertThat(matcher.find()).as(message).isTrue();
    return matcher.group(1);
  }

  /** The numbers behind a prefix in the lines that name threads. */
  private static String names(String prefix, String message) {
    StringBuilder numbers = new StringBuilder();
    Matcher matcher = Pattern.compile("threads {5}.*?" + prefix + "(\\d+)").matcher(message);
    while (matcher.find()) {
      numbers.append(matcher.group(1)).append(' ');
    }
    return numbers.toString();
  }
}
