package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.SampleBuilder;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.ThreadDetail;
import io.leakwatch.sample.VanishedTasks;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VanishedTaskDetectorTest {
  private static final List<StackTraceElement> ORDERS = List.of(
      frame("java.util.concurrent.ThreadPerTaskExecutor", "execute", "ThreadPerTask.java", 255),
      frame("com.acme.Orders", "place", "Orders.java", 42),
      frame("com.acme.Shop", "serve", "Shop.java", 17));
  private static final ThreadDetail PARKED = new ThreadDetail(
      "",
      true,
      Thread.State.WAITING,
      List.of(
          frame("java.util.concurrent.CountDownLatch", "await", "CountDownLatch.java", 230),
          frame("com.acme.Orders", "ship", "Orders.java", 99)));

  private final VanishedTaskDetector detector = new VanishedTaskDetector(name -> true);

  @Test
  void saysWhoMadeThemAndWhatTheyWereLastSeenAt() {
    Finding finding = only(vanished(900, PARKED), vanished(1_000, PARKED));

    assertThat(finding.kind()).isEqualTo(FindingKind.VANISHED_TASK);
    assertThat(finding.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding.count()).isEqualTo(1_000);
    assertThat(finding.threads()).isZero();
    assertThat(finding.headline()).isEqualTo("1000 virtual threads vanished");
    assertThat(finding.suspects())
        .startsWith("com.acme.Orders.place(Orders.java:42)")
        .contains("com.acme.Orders.ship(Orders.java:99)");
    assertThat(finding.waiting())
        .isEqualTo("last seen in CountDownLatch.await, no timeout, called from"
            + " com.acme.Orders.ship(Orders.java:99)");
    assertThat(finding.growthPerMinute()).isEqualTo(600);
    assertThat(finding.evidence().get(0))
        .isEqualTo("1000 of 5000 started have not ended, and are not alive: nothing could reach"
            + " them any more");
  }

  @Test
  void nothingVanishedIsNoFinding() {
    assertThat(detector.detect(history(List.of()))).isEmpty();
  }

  @Test
  void whatTheJdkMakesForItselfIsItsOwnBusiness() {
    VanishedTasks poller = new VanishedTasks("sun.nio.ch.Poller$$Lambda", List.of(), 1, 1, null);

    assertThat(detector.detect(history(List.of(poller)))).isEmpty();
  }

  @Test
  void aTaskOfTheJdksThatAnApplicationStartedIsTheApplications() {
    VanishedTasks future =
        new VanishedTasks("java.util.concurrent.FutureTask", List.of(ORDERS), 1, 1, null);

    assertThat(detector.detect(history(List.of(future)))).hasSize(1);
  }

  @Test
  void severalPlacesAreAllNamed() {
    List<StackTraceElement> other = List.of(frame("com.acme.Quotes", "ask", "Quotes.java", 7));
    Finding finding =
        only(List.of(new VanishedTasks("com.acme.Task", List.of(ORDERS, other), 2, 3, null)));

    assertThat(finding.suspects())
        .contains("com.acme.Orders.place(Orders.java:42)", "com.acme.Quotes.ask(Quotes.java:7)");
    assertThat(finding.evidence())
        .contains("such threads are made at 2 places, these may be of any");
  }

  static List<VanishedTasks> vanished(long count, @Nullable ThreadDetail lastSeen) {
    return List.of(
        new VanishedTasks("com.acme.Orders$$Lambda", List.of(ORDERS), count, 5_000, lastSeen));
  }

  @SafeVarargs
  private Finding only(List<VanishedTasks>... samples) {
    List<Finding> findings = detector.detect(history(samples));
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  @SafeVarargs
  private static SampleHistory history(List<VanishedTasks>... samples) {
    SampleHistory history = new SampleHistory(Duration.ofMinutes(1));
    for (int i = 0; i < samples.length; i++) {
      Duration elapsed = Duration.ofSeconds(10L * i);
      history.add(SampleBuilder.sample(i, Histories.START.plus(elapsed), elapsed)
          .vanishedTasks(samples[i])
          .build());
    }
    return history;
  }
}
