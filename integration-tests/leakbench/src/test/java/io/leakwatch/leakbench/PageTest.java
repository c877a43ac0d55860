package io.leakwatch.leakbench;

import static io.leakwatch.leakbench.Examples.HARD_NEGATIVE;
import static io.leakwatch.leakbench.Examples.LEAK;
import static io.leakwatch.leakbench.Examples.entry;
import static io.leakwatch.leakbench.Examples.finding;
import static io.leakwatch.leakbench.Examples.report;
import static io.leakwatch.leakbench.Examples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void allThatWentWrongIsSaidByName() {
    Verdict wrong = verdict(report(finding("CONFIRMED", "lib.Client.open(Client.java:1)")));
    Score score = new Score(List.of(
        entry(LEAK, Variant.LEAKY, wrong),
        entry(LEAK, Variant.LEAKY, verdict(report())),
        entry(LEAK, Variant.CLEAN, verdict(report())),
        entry(HARD_NEGATIVE, Variant.CLEAN, wrong)));
    Growth leaking = new Growth(10, 15, 40, 40, 1.5, 0, true, false);
    Growth flat = new Growth(10, 10, 10, 10, 0, 0, false, false);
    NaiveScore naive = new NaiveScore(List.of(
        new NaiveScore.Entry(LEAK, new Run("p01", Variant.LEAKY, 17, 1), leaking),
        new NaiveScore.Entry(LEAK, new Run("p01", Variant.CLEAN, 17, 1), leaking),
        new NaiveScore.Entry(HARD_NEGATIVE, new Run("h01", Variant.CLEAN, 17, 1), flat)));
    assertThat(new Page(List.of(HARD_NEGATIVE, LEAK), score, naive).text()).isEqualTo("""
            |  | JDK 17 |
            |---|---|
            | leaks found, platform | 1/2 = 50 % |
            | leaks found, executor | - |
            | leaks found, virtual | - |
            | **leaks found, all** | 1/2 = 50 % |
            | false alarms, clean variants | 0/1 = 0 % |
            | false alarms, hard negatives | 1/1 = 100 % |
            | **false alarms, all** | 1/2 = 50 % |
            | **first suspect right**, of those found | 0/1 = 0 % |
            | first suspect waits, of those with threads stuck in the application | 0/1 = 0 % |
            | twice the start: leaks found | 1/1 = 100 % |
            | twice the start: false alarms | 1/2 = 50 % |
            | twice the count at 5 s: leaks found | 0/1 = 0 % |
            | twice the count at 5 s: false alarms | 0/2 = 0 % |

            | program | what it does | class | called | found, right, alarms on 17 | grows by | twice the start |
            |---|---|---|---|---|---|---|
            | h01 | Long calls | hard-negative |  | 1 of 1 | +0 |  |
            | p01 | Client per call | client-not-closed | thread growth | 1 of 2, 0, 0 of 1 | +30 | finds it, false alarm |

            Missed:

            - p01.leaky.jdk17.r1: Client per call

            False alarms:

            - h01.clean.jdk17.r1: `lib.Client.open(Client.java:1)`; CONFIRMED THREAD_GROWTH: 9 threads

            Wrong first suspects:

            - p01.leaky.jdk17.r1: `lib.Client.open(Client.java:1)`; CONFIRMED THREAD_GROWTH: 9 threads

            Runs that the machine had no time for, also not at the third attempt: none.

            Runs that failed: none.

            Programs that did not do what they are said to do, when watched: p01.clean.jdk17.r1 of 3 runs.
            """);
  }

  @Test
  void ofAProgramThatNobodyWatchedNothingIsSaid() {
    Score score = new Score(List.of(entry(LEAK, Variant.LEAKY, verdict(report()))));
    assertThat(new Page(List.of(LEAK), score, new NaiveScore(List.of())).text())
        .contains("| p01 | Client per call | client-not-closed |  | 0 of 1, 0, 0 of 0 |  |  |\n");
  }

  @Test
  void onlyTheResultsOfAPageAreReplaced() {
    assertThat(
            Page.replaceIn("before\n<!-- slow -->\nold\n<!-- /slow -->\nafter\n", "slow", "new\n"))
        .isEqualTo("before\n<!-- slow -->\n\nnew\n\n<!-- /slow -->\nafter\n");
    assertThatThrownBy(() -> Page.replaceIn("no place", "slow", "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
