package io.leakwatch.leakbench;

import static io.leakwatch.leakbench.Examples.HARD_NEGATIVE;
import static io.leakwatch.leakbench.Examples.LEAK;
import static io.leakwatch.leakbench.Examples.entry;
import static io.leakwatch.leakbench.Examples.finding;
import static io.leakwatch.leakbench.Examples.report;
import static io.leakwatch.leakbench.Examples.verdict;
import static io.leakwatch.leakbench.Variant.CLEAN;
import static io.leakwatch.leakbench.Variant.LEAKY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final Verdict SILENT = verdict(report());
  private static final Verdict RIGHT = verdict(report(finding("CONFIRMED", "shop.Prices.ask")));
  private static final Verdict WRONG = verdict(report(finding("PROVEN", "lib.Client.open")));
  private static final Verdict CRASHED_SILENT =
      new Verdict(false, List.of(), List.of(), List.of(), "exit status 1");
  private static final Verdict CRASHED_LOUD =
      new Verdict(true, List.of("shop.Prices.ask"), List.of(), List.of(), "exit status 1");

  @Test
  void aDetectorThatSaysNothingFindsNothing() {
    Score score = everywhere(SILENT);
    assertThat(score.recall()).hasToString("0/1 = 0 %");
    assertThat(score.falseAlarmRate()).hasToString("0/2 = 0 %");
    assertThat(score.firstSuspectRight()).hasToString("-");
    assertThat(score.missed()).hasSize(1);
  }

  @Test
  void aDetectorThatAlwaysCriesIsWrongWhereNothingLeaks() {
    Score score = everywhere(RIGHT);
    assertThat(score.recall()).hasToString("1/1 = 100 %");
    assertThat(score.falseAlarmRate()).hasToString("2/2 = 100 %");
    assertThat(score.falseAlarms())
        .extracting(found -> found.run().toString())
        .containsExactly("p01.clean.jdk17.r1", "h01.clean.jdk17.r1");
  }

  @Test
  void aWrongSuspectIsFoundButNotRight() {
    Score score = new Score(
        List.of(entry(LEAK, LEAKY, RIGHT), entry(LEAK, LEAKY, WRONG), entry(LEAK, LEAKY, SILENT)));
    assertThat(score.recall()).hasToString("2/3 = 66 %");
    assertThat(score.firstSuspectRight()).hasToString("1/2 = 50 %");
    assertThat(score.wrongSuspects()).extracting(Score.Entry::verdict).containsExactly(WRONG);
  }

  @Test
  void theLineThatWaitsIsToldFromTheOthersThatAreRight() {
    Verdict waits = verdict(report(finding("CONFIRMED", "shop.Prices.await")));
    Score score = new Score(List.of(entry(LEAK, LEAKY, RIGHT), entry(LEAK, LEAKY, waits)));
    assertThat(score.firstSuspectRight()).hasToString("2/2 = 100 %");
    assertThat(score.waitingLineFirst()).hasToString("1/2 = 50 %");
  }

  @Test
  void aRunWithoutTimeIsToldByName() {
    Score.Entry starved =
        new Score.Entry(LEAK, new Run("p01", LEAKY, 17, 1), SILENT, new Pace(9, 0, 9));
    assertThat(new Score(List.of(starved, entry(LEAK, LEAKY, SILENT))).starved())
        .containsExactly(starved);
  }

  @Test
  void aRunThatFailedProvesNothing() {
    Score score = new Score(List.of(
        entry(LEAK, LEAKY, CRASHED_LOUD),
        entry(LEAK, CLEAN, CRASHED_SILENT),
        entry(LEAK, CLEAN, SILENT)));
    assertThat(score.recall()).hasToString("0/1 = 0 %");
    assertThat(score.falseAlarmRate()).hasToString("0/1 = 0 %");
    assertThat(score.failed()).hasSize(2);
  }

  @Test
  void anAlarmBeforeACrashIsAFalseAlarm() {
    Score score = new Score(
        List.of(entry(HARD_NEGATIVE, CLEAN, CRASHED_LOUD), entry(HARD_NEGATIVE, CLEAN, SILENT)));
    assertThat(score.falseAlarmRate()).hasToString("1/2 = 50 %");
  }

  @Test
  void nearlyAllIsNotAll() {
    assertThat(new Ratio(999, 1000)).hasToString("999/1000 = 99 %");
  }

  private static Score everywhere(Verdict verdict) {
    return new Score(Stream.of(
            entry(LEAK, LEAKY, verdict),
            entry(LEAK, CLEAN, verdict),
            entry(HARD_NEGATIVE, CLEAN, verdict))
        .toList());
  }
}
