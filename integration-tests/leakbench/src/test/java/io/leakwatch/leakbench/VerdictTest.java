package io.leakwatch.leakbench;

import static io.leakwatch.leakbench.Examples.LEAK;
import static io.leakwatch.leakbench.Examples.finding;
import static io.leakwatch.leakbench.Examples.report;
import static io.leakwatch.leakbench.Examples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  @Test
  void nothingFoundIsNothingReported() {
    assertThat(verdict(report(), report()).reported()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PROVEN,true", "CONFIRMED,true", "SUSPECTED,false", "RETRACTED,false"})
  void onlySureFindingsCount(String verdict, boolean reported) {
    assertThat(verdict(report(finding(verdict, "shop.Prices.ask"))).reported()).isEqualTo(reported);
  }

  @Test
  void aSureFindingThatIsTakenBackWasReported() {
    assertThat(
            verdict(report(finding("CONFIRMED", "shop.Prices.ask")), report()).reported())
        .isTrue();
  }

  @Test
  void suspectsComeInTheirOrderTheLastReportsFirstAndOnce() {
    Verdict verdict = verdict(
        report(finding("CONFIRMED", "shop.Early.guess", "shop.Prices.ask")),
        report(finding("SUSPECTED", "shop.Rumour.only"), finding("CONFIRMED", "shop.Prices.ask")),
        report(finding("RETRACTED", "shop.Prices.ask")));
    assertThat(verdict.suspects()).containsExactly("shop.Prices.ask", "shop.Early.guess");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.Prices.ask(Prices.java:42)",
        "shop.Prices.newClient",
        "shop.Prices.await(Prices.java)",
        "shop.Main.lambda$main$7(Main.java:3)",
        "shop.Main.main(Main.java:3)"
      })
  void theMistakeTheStartAndTheWaitAreRight(String suspect) {
    assertThat(
            verdict(report(finding("CONFIRMED", suspect))).firstSuspectIsAmong(LEAK.rightSites()))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.Prices.asks(Prices.java:42)",
        "shop.Other.ask(Other.java:42)",
        "other.shop.Prices.ask",
        "lib.Client.<init>(Client.java:1)"
      })
  void whateverElseIsWrong(String suspect) {
    assertThat(
            verdict(report(finding("CONFIRMED", suspect))).firstSuspectIsAmong(LEAK.rightSites()))
        .isFalse();
  }

  @Test
  void theSecondSuspectDoesNotHelp() {
    Verdict verdict = verdict(report(finding("CONFIRMED", "lib.Client.open", "shop.Prices.ask")));
    assertThat(verdict.firstSuspectIsAmong(LEAK.rightSites())).isFalse();
  }

  @Test
  void noSuspectIsWrong() {
    assertThat(verdict(report(finding("CONFIRMED"))).firstSuspectIsAmong(LEAK.rightSites()))
        .isFalse();
  }

  @Test
  void aLineThatIsNoReportIsRefused() {
    assertThatThrownBy(() -> Verdict.of(List.of("{\"findings\":[")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Verdict.of(List.of("{}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRunWithoutAnEndOrAReportHasFailed(@TempDir Path results) throws IOException {
    Run run = new Run("p01", Variant.LEAKY, 17, 1);
    assertThat(Verdict.of(run, results).isFailed()).isTrue();

    Files.writeString(run.file(results, "json"), report() + "\n");
    Files.writeString(run.file(results, "status"), "0\n");
    Files.writeString(run.file(results, "out"), "LEAKBENCH begin\n");
    assertThat(Verdict.of(run, results).failure()).isEqualTo("exit status 0, did not end its work");

    Files.writeString(run.file(results, "out"), "LEAKBENCH done\n");
    assertThat(Verdict.of(run, results).isFailed()).isFalse();

    Files.writeString(run.file(results, "status"), "1\n");
    assertThat(Verdict.of(run, results).failure()).isEqualTo("exit status 1");

    Files.writeString(run.file(results, "status"), "0\n");
    Files.writeString(run.file(results, "json"), "");
    assertThat(Verdict.of(run, results).failure()).isEqualTo("no report");
  }
}
