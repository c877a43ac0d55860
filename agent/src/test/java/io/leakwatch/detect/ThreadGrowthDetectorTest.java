package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.FOREVER;
import static io.leakwatch.detect.Histories.born;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.detect.Histories.Life;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteProof;
import io.leakwatch.sample.SiteThreads;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadGrowthDetectorTest {
  private static final int SETTLE = 3;

  private final ThreadGrowthDetector detector = new ThreadGrowthDetector(SETTLE, name -> true);

  /** Shapes of growth, and the second at which each is first found; -1 for never within a minute. */
  static Stream<Arguments> shapes() {
    Random noise = new Random(42);
    int[] noisyLives = noise.ints(4_000, 0, 3).toArray();
    return Stream.of(
        shape("linear: one a second for ever", t -> born(1, FOREVER), 11),
        shape("fast: ten a second for ever", t -> born(10, FOREVER), 11),
        shape(
            "slow drip: one in four seconds for ever", t -> born(t % 4 == 0 ? 1 : 0, FOREVER), 26),
        shape(
            "one in ten for ever, nine live a second",
            t -> with(born(9, t + 1), born(1, FOREVER)),
            11),
        shape(
            "one in ten for ever, nine live five seconds",
            t -> with(born(9, t + 5), born(1, FOREVER)),
            11),
        shape("constant", t -> born(t == 0 ? 50 : 0, FOREVER), -1),
        shape("step: a hundred at once, then none", t -> born(t == 10 ? 100 : 0, FOREVER), -1),
        shape(
            "pool that grows to its maximum in five seconds",
            t -> born(t >= 8 && t < 13 ? 4 : 0, FOREVER),
            -1),
        shape("churn: all end after two seconds", t -> born(20, t + 2), -1),
        shape("churn: all end after eight seconds", t -> born(5, t + 8), -1),
        shape("rising load of threads that end after four seconds", t -> born(t, t + 4), -1),
        shape("burst that drains", t -> t >= 10 && t < 14 ? born(50, t + 6) : List.of(), -1),
        shape(
            "saw-tooth: five a second, all end every ten seconds",
            t -> born(5, t - t % 10 + 9),
            -1),
        shape(
            "noise: up to twenty, none lives for three seconds",
            t -> born(noisyLives[t], t + noisyLives[t + 1]),
            -1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void shapeOfGrowthDecides(String name, Life life, int foundAt) {
    int first = -1;
    for (int until = 0; until <= 60 && first < 0; until++) {
      if (opening(Histories.ofThreads(life, until)).size() == 1) {
        first = until;
      }
    }
    assertThat(first).as(name).isEqualTo(foundAt);
  }

  /** A thread for each connection is no leak while its client talks to it; it is once the clients are silent. */
  @Test
  void threadsThatServeConnectionsInUseAreNoLeak() {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    int silentFrom = 30;
    int found = -1;
    for (int t = 0; t < 60 && found < 0; t++) {
      SiteThreads all = Histories.threads(1, Histories.cohorts(b -> born(1, FOREVER), t));
      // Between two samples a client may have nothing to say.
      boolean served = t < silentFrom && t % SETTLE == 0;
      SiteThreads group = new SiteThreads(
          all.origin(),
          all.virtual(),
          all.taskClass(),
          all.createdAt(),
          all.executor(),
          all.cohorts(),
          served,
          all.names(),
          all.details(),
          null);
      history.add(Histories.sample(t, List.of(group), List.of()));
      found = opening(history).isEmpty() ? -1 : t;
    }

    assertThat(found).isEqualTo(silentFrom);
  }

  @Test
  void aFindingIsProvenWhenAllThreadsAreThatTheProofCouldBeAbout() {
    String dump = "heap dump of 2026-01-31T12:00:00Z";

    Finding all = provenBy(new SiteProof(dump, 30, 30, List.of()));
    assertThat(all.verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(all.evidence())
        .contains("30 of 30 threads proven never to run again by the heap dump of"
            + " 2026-01-31T12:00:00Z; 12 too young for it");

    Finding some = provenBy(new SiteProof(dump, 30, 31, List.of()));
    assertThat(some.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(some.evidence())
        .contains("30 of 31 threads proven never to run again by the heap dump of"
            + " 2026-01-31T12:00:00Z; 11 too young for it");

    Finding none = provenBy(new SiteProof(dump, 0, 0, List.of()));
    assertThat(none.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(none.evidence()).noneMatch(phrase -> phrase.contains("proven"));
  }

  private Finding provenBy(SiteProof proof) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= 20; t++) {
      SiteThreads all = Histories.threads(1, Histories.cohorts(b -> born(2, FOREVER), t));
      SiteThreads group = new SiteThreads(
          all.origin(),
          all.virtual(),
          all.taskClass(),
          all.createdAt(),
          all.executor(),
          all.cohorts(),
          all.served(),
          all.names(),
          all.details(),
          t == 20 ? proof : null);
      history.add(Histories.sample(t, List.of(group), List.of()));
    }
    return detector.detect(history).get(0);
  }

  @Test
  void saysWhatItKnows() {
    List<Finding> findings = detector.detect(Histories.ofThreads(t -> born(2, FOREVER), 20));

    assertThat(findings).hasSize(1);
    Finding finding = findings.get(0);
    assertThat(finding.kind()).isEqualTo(FindingKind.SIGNAL_NEVER_COMES);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.opens()).isTrue();
    assertThat(finding.count())
        .as("two a second that are three seconds old or more")
        .isEqualTo(36);
    assertThat(finding.growthPerMinute()).isEqualTo(120.0);
    assertThat(finding.growingFor()).isEqualTo(Duration.ofSeconds(15));
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(20));
    assertThat(finding.suspects())
        .containsExactly(
            "com.acme.QuoteService.poll(QuoteService.java:57)",
            "com.acme.QuoteService.quote(QuoteService.java:42)",
            "com.acme.Server.serve(Server.java:7)");
    assertThat(finding.summary())
        .isEqualTo(
            "36 threads started in QuoteService.quote wait in QuoteService.poll and have not ended");
    assertThat(finding.headline()).isEqualTo("36 threads of com.acme.QuoteService$$Lambda");
    assertThat(finding.waiting())
        .isEqualTo(
            "CountDownLatch.await, no timeout, called from com.acme.QuoteService.poll(QuoteService.java:57)");
    assertThat(finding.evidence())
        .containsExactly(
            "low-water mark rose in 15 of 15 samples",
            "0 of 36 older than 3s have ended",
            "6 younger ones not counted");
    assertThat(finding.threadNames()).containsExactly("quote-1");
  }

  @Test
  void growthThatHasStoppedKeepsAFindingOpenButOpensNone() {
    Life stopped = t -> born(t < 20 ? 1 : 0, FOREVER);

    Finding finding = detector.detect(Histories.ofThreads(stopped, 60)).get(0);

    assertThat(finding.opens()).isFalse();
    assertThat(finding.count()).isEqualTo(20);
    assertThat(finding.growthPerMinute()).isZero();
  }

  @Test
  void nothingIsLeftWhenTheThreadsEndAfterAll() {
    Life ending = t -> born(t < 20 ? 1 : 0, 30);

    assertThat(detector.detect(Histories.ofThreads(ending, 29))).hasSize(1);
    assertThat(detector.detect(Histories.ofThreads(ending, 31))).isEmpty();
  }

  @Test
  void threadsThatWaitWithATimeoutGetMoreTimeToEnd() {
    assertThat(firstFound(Thread.State.WAITING)).isEqualTo(11);
    assertThat(firstFound(Thread.State.TIMED_WAITING)).isEqualTo(14);
  }

  @Test
  void nothingIsSaidDuringTheWarmUp() {
    assertThat(detector.detect(Histories.ofThreads(t -> born(50, FOREVER), 4))).isEmpty();
  }

  @Test
  void threadsOfABoundedPoolAreNotOnTheirOwn() {
    assertThat(detect(new SiteThreads.Owner(9, "executor", false, false), Histories.waiting()))
        .isEmpty();
  }

  @Test
  void stuckThreadsOfAnUnboundedPoolAreFound() {
    List<Finding> findings =
        detect(new SiteThreads.Owner(9, "executor", true, false), Histories.waiting());

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).evidence()).contains("they work for an unbounded executor");
  }

  @Test
  void idleThreadsOfAnUnboundedPoolEndByThemselves() {
    assertThat(detect(new SiteThreads.Owner(9, "executor", true, true), Histories.idle()))
        .isEmpty();
  }

  @Test
  void threadsOfTheSameApplicationFramesAreOneLeakWhateverThePath() {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= 30; t++) {
      int second = t;
      // Odd births over one path, even births over another: neither of them alone rises in every
      // sample.
      SiteThreads odd = Histories.threads(1, Histories.cohorts(b -> born(b % 2, FOREVER), second));
      SiteThreads even =
          Histories.threads(2, Histories.cohorts(b -> born(1 - b % 2, FOREVER), second));
      history.add(Histories.sample(t, List.of(odd, even), List.of()));
    }

    List<Finding> findings = detector.detect(history);

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).count()).isEqualTo(28);
    assertThat(findings.get(0).evidence()).contains("low-water mark rose in 25 of 25 samples");
  }

  @Test
  void twoKindsOfThreadsOfTheJdksThatOneMethodMakesAreTwoLeaks() {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= 30; t++) {
      history.add(Histories.sample(
          t,
          List.of(
              ofClass(1, "jdk.internal.net.http.HttpClientImpl$SelectorManager", t),
              ofClass(2, "sun.nio.fs.LinuxWatchService$Poller", t)),
          List.of()));
    }

    List<Finding> findings = detector.detect(history);

    assertThat(findings).extracting(Finding::count).containsExactly(28L, 28L);
    assertThat(findings).extracting(Finding::fingerprint).doesNotHaveDuplicates();
  }

  @Test
  void anotherLineOfTheSameMethodThatLeaksIsToldToo() {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    List<StackTraceElement> otherLine = List.of(
        Histories.frame("com.acme.QuoteService", "quote", "QuoteService.java", 44),
        Histories.CREATED_AT.get(1));
    for (int t = 0; t <= 30; t++) {
      SiteThreads two = Histories.threads(1, Histories.cohorts(b -> born(2, FOREVER), t));
      SiteThreads one = new SiteThreads(
          2,
          false,
          two.taskClass(),
          otherLine,
          null,
          Histories.cohorts(b -> born(1, FOREVER), t),
          false,
          List.of(),
          List.of(),
          null);
      history.add(Histories.sample(t, List.of(two, one), List.of()));
    }

    assertThat(detector.detect(history))
        .singleElement()
        .satisfies(finding -> assertThat(finding.evidence())
            .contains("31 of them made at com.acme.QuoteService.quote(QuoteService.java:44)"));
  }

  private static SiteThreads ofClass(long origin, String className, int second) {
    SiteThreads all = Histories.threads(origin, Histories.cohorts(b -> born(1, FOREVER), second));
    return new SiteThreads(
        all.origin(),
        all.virtual(),
        className,
        all.createdAt(),
        all.executor(),
        all.cohorts(),
        all.served(),
        all.names(),
        all.details(),
        null);
  }

  private int firstFound(Thread.State state) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    ThreadDetail detail = new ThreadDetail("t", false, state, Histories.WAITING_AT);
    for (int t = 0; t <= 60; t++) {
      SiteThreads group = new SiteThreads(
          1,
          false,
          "com.acme.Poller",
          Histories.CREATED_AT,
          null,
          Histories.cohorts(b -> born(1, FOREVER), t),
          false,
          List.of(),
          List.of(detail),
          null);
      history.add(Histories.sample(t, List.of(group), List.of()));
      if (!detector.detect(history).isEmpty()) {
        return t;
      }
    }
    return -1;
  }

  private List<Finding> detect(SiteThreads.Owner owner, List<ThreadDetail> details) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= 30; t++) {
      SiteThreads group = new SiteThreads(
          1,
          false,
          "java.util.concurrent.ThreadPoolExecutor$Worker",
          Histories.CREATED_AT,
          owner,
          Histories.cohorts(b -> born(1, FOREVER), t),
          false,
          List.of(),
          details,
          null);
      history.add(Histories.sample(t, List.of(group), List.of()));
    }
    return detector.detect(history);
  }

  private List<Finding> opening(SampleHistory history) {
    return detector.detect(history).stream().filter(Finding::opens).toList();
  }

  private static Arguments shape(String name, Life life, int foundAt) {
    return Arguments.of(name, life, foundAt);
  }

  private static List<Integer> with(List<Integer> a, List<Integer> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }
}
