package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.LateTasks;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks with a period of 100 ms, sampled once a second; six rises over spans of three samples are required. */
class ScheduleBehindDetectorTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final List<StackTraceElement> SCHEDULED_AT =
      List.of(Histories.frame("com.acme.Shop", "open", "Shop.java", 11));

  /** A run each sample; or the one run that began then. */
  private static final int EACH_SAMPLE = -1;

  private final ScheduleBehindDetector detector =
      new ScheduleBehindDetector(3, name -> name.startsWith("com.acme."));

  static Stream<Arguments> histories() {
    return Stream.of(
        history("each run takes longer than the period", true, t -> 2L * t),
        history("less than one period more in each span", true, t -> t / 4),
        history("others take its turns from second 20 on", true, t -> Math.max(0, 10L * (t - 20))),
        history("never late", false, t -> 0),
        history("late by up to a period at 90 % of it", false, t -> t % 2),
        history("always late, never more", false, t -> 30),
        history("late by what comes and goes", false, t -> 50 + 40 * (t * 7 % 11) / 10),
        history(
            "one pause that is caught up",
            false,
            t -> t < 50 ? 0 : Math.max(0, 200 - 20L * (t - 50))),
        history(
            "a pause of five seconds, caught up at once",
            false,
            t -> t < 70 || t > 75 ? 0 : 10L * (t - 69)),
        history("a clock that jumps by an hour", false, t -> t < 60 ? 0 : 36_000 - 30L * (t - 60)),
        history("a burst each half minute", false, t -> Math.max(0, 100 - 10L * (t % 30))),
        history("a few periods at the most", false, t -> Math.min(3, t / 10)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("histories")
  void isJudgedByItsHistory(String what, boolean isBehind, IntToLongFunction runsBehind) {
    List<Integer> found = new ArrayList<>();
    for (int now = 30; now <= 120; now++) {
      if (!detector.detect(one(now, runsBehind, true, EACH_SAMPLE)).isEmpty()) {
        found.add(now);
      }
    }

    assertThat(!found.isEmpty()).as(what + ": " + found).isEqualTo(isBehind);
    assertThat(found.contains(120)).as("in the end").isEqualTo(isBehind);
  }

  @Test
  void oneThatTakesTooLongIsSuspectedWithTheLineThatScheduledItAndWhatItIsAt() {
    List<Finding> findings = detector.detect(one(40, t -> 2L * t, true, EACH_SAMPLE));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.SCHEDULE_BEHIND);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.opens()).isTrue();
    assertThat(finding.count()).isEqualTo(1);
    assertThat(finding.growthPerMinute()).isBetween(110.0, 120.0);
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(8));
    assertThat(finding.headline()).isEqualTo("1 periodic task of com.acme.Refresh, 80 runs behind");
    assertThat(finding.summary())
        .isEqualTo("1 periodic task of com.acme.Refresh scheduled in Shop.open takes longer than"
            + " 100ms, 80 runs behind, more and more");
    assertThat(finding.suspects())
        .containsExactly(
            "com.acme.Shop.open(Shop.java:11)",
            "com.acme.QuoteService.poll(QuoteService.java:57)",
            "com.acme.QuoteService.quote(QuoteService.java:42)",
            "com.acme.Server.serve(Server.java:7)");
    assertThat(finding.evidence())
        .containsExactly(
            "8s late at a period of 100ms, 11.3s more each minute",
            "low-water mark of the runs behind rose 11 times in a row, by 66",
            "it was running in 36 of 36 samples",
            "1 worker of at most 1, 1 at work");
  }

  @Test
  void thoseThatGetNoTurnAreOneFindingOfTheirPool() {
    SampleHistory history = history(
        40,
        t -> List.of(late(1, "Refresh", 10L * t, false, 0), late(2, "Purge", 5L * t, false, 0)),
        NEVER);

    List<Finding> findings = detector.detect(history);

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECTED);
    assertThat(finding.count()).isEqualTo(2);
    assertThat(finding.headline())
        .isEqualTo("2 periodic tasks of a scheduled executor, 400 runs behind");
    assertThat(finding.summary())
        .isEqualTo(
            "2 periodic tasks in the scheduled executor made in QuoteService.quote do not get a"
                + " turn in time, 400 runs behind, more and more");
    assertThat(finding.suspects()).startsWith("com.acme.Shop.open(Shop.java:11)");
    assertThat(finding.evidence()).contains("it was running in 0 of 36 samples", "no run for 40s");
  }

  @Test
  void whenAllWorkersAreStuckMeanwhileItIsConfirmedWithTheLineWhereTheyWait() {
    SampleHistory history = history(40, t -> List.of(late(1, "Refresh", 10L * t, false, 0)), 2);

    List<Finding> findings = detector.detect(history);

    assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.CONFIRMED);
    assertThat(findings.get(0).suspects())
        .startsWith(
            "com.acme.QuoteService.poll(QuoteService.java:57)", "com.acme.Shop.open(Shop.java:11)");
    assertThat(findings.get(0).evidence())
        .contains("every worker has been in the same task for 38s");
  }

  @Test
  void aSlowOneExplainsTheOthersOfItsPool() {
    SampleHistory history = history(
        40,
        t -> List.of(late(1, "Refresh", 10L * t, true, t), late(2, "Purge", 5L * t, false, t)),
        NEVER);

    List<Finding> findings = detector.detect(history);

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).summary()).contains("com.acme.Refresh");
    assertThat(findings.get(0).evidence())
        .contains("1 other periodic task late in pools made there");
  }

  @Test
  void aRunThatBeganBeforeTheWarmUpWasOverIsALoop() {
    assertThat(detector.detect(one(60, t -> 10L * t, true, 0))).isEmpty();
    assertThat(detector.detect(one(60, t -> Math.max(0, 10L * (t - 20)), true, 20)))
        .as("not the one that began later")
        .hasSize(1);
  }

  @Test
  void oneThatFallsBehindNoMoreIsKeptOpenOnlyUntilItHasCaughtUp() {
    assertThat(detector.detect(one(60, t -> 10L * Math.min(t, 40), true, EACH_SAMPLE)))
        .extracting(Finding::opens)
        .containsExactly(false);
    assertThat(detector.detect(
            one(60, t -> t < 50 ? 10L * t : 500 - 50L * (t - 50), true, EACH_SAMPLE)))
        .isEmpty();
  }

  private static Arguments history(String what, boolean isBehind, IntToLongFunction runsBehind) {
    return Arguments.of(what, isBehind, runsBehind);
  }

  private static SampleHistory one(
      int until, IntToLongFunction runsBehind, boolean running, int sameRunSince) {
    return history(
        until,
        t -> {
          long behind = runsBehind.applyAsLong(t);
          return behind == 0
              ? List.of()
              : List.of(late(1, "Refresh", behind, running, sameRunSince < 0 ? t : sameRunSince));
        },
        NEVER);
  }

  private static LateTasks late(
      long origin, String task, long runsBehind, boolean running, int sameRunSince) {
    return new LateTasks(
        origin,
        "com.acme." + task,
        SCHEDULED_AT,
        7,
        "scheduled executor",
        Histories.CREATED_AT,
        true,
        1,
        runsBehind,
        Duration.ofMillis(100 * runsBehind),
        Duration.ofMillis(100),
        running,
        sameRunSince,
        running
            ? new ThreadDetail("pool-1-thread-1", false, Thread.State.WAITING, Histories.WAITING_AT)
            : null);
  }

  private interface Script {
    List<LateTasks> at(int second);
  }

  private static SampleHistory history(int until, Script script, int stuckSince) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= until; t++) {
      SiteExecutors pool = Histories.pool(
          7,
          "scheduled executor",
          ScheduledThreadPoolExecutor.class,
          1,
          1,
          new Queues(1, 1, 1, 1, 1, stuckSince));
      history.add(
          Histories.at(t).executors(List.of(pool)).lateTasks(script.at(t)).build());
    }
    return history;
  }
}
