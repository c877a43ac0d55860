package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.Soak;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** After many threads, executors and places that made them, the account is as large as it may become, and the heap as it was. */
class SoakIT {
  /** See {@link Soak}; {@code 1000} is a million executors and hundreds of millions of events; from 60 on the caps are reached. */
  private static final int SIZE = Integer.getInteger("leakwatch.soak", Safety.rounds(3, 50));

  /** What the caps of the account come to: 10,000 places, 100,000 executors, and what is known of threads and tasks. */
  private static final long MOST_BYTES = 150_000_000;

  private static final int CAP_OF_EXECUTORS = 100_000;
  private static final long FLAT_KILOBYTES = 2_000;
  private static final Pattern USED = Pattern.compile("part \\d: (\\d+) KB");

  @OnEveryJdk
  void theAccountEndsAtItsCapsAndTheHeapIsFlat(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("interval=200ms,warmup=1s,report-interval=5s")
        .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
        .main(Soak.class, "" + SIZE)) {
      assertThat(app.awaitExit(Duration.ofSeconds(600 + 10L * SIZE)))
          .as(app::transcript)
          .isZero();
      List<Long> used = USED.matcher(app.stdout())
          .results()
          .map((MatchResult part) -> Long.valueOf(part.group(1)))
          .toList();
      System.out.println(jdk + ", size " + SIZE + ": " + used + " KB in use after each part");
      assertThat(used).as(app::transcript).hasSize(3);
      assertThat(used.get(2))
          .as(app::transcript)
          .isLessThan(used.get(0) + Math.max(FLAT_KILOBYTES, used.get(0) / 20));

      Report last = app.awaitReport(Report::isFinal);
      System.out.println(
          jdk + ": " + last.executors() + ", " + last.threads() + ", " + last.agent());
      assertThat(last.agent().hookFailures()).isZero();
      assertThat(last.agent().heapBytes()).isLessThan(MOST_BYTES);
      assertThat(last.executors().live()).isBetween(1L, (long) CAP_OF_EXECUTORS);
      if (SIZE >= 60) {
        // Those that come and go take some places from those that stay.
        assertThat(last.executors().live())
            .as(app::transcript)
            .isGreaterThan(CAP_OF_EXECUTORS * 9L / 10);
        assertThat(last.agent().dropped()).isPositive();
      }
    }
  }
}
