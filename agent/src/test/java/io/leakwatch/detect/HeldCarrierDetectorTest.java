package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Verdict;
import io.leakwatch.sample.HeldCarrier;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Scheduler;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Held carriers and starved schedulers; the threshold is ten seconds. */
class HeldCarrierDetectorTest {
  private static final Duration THRESHOLD = Duration.ofSeconds(10);

  private final LeakDetector detectors = detectors(THRESHOLD);

  /** One row a history, with what must be said of it. */
  static Stream<Arguments> histories() {
    HeldCarrier waits = carrier("a", 30, 20, 4, true, 0, "load");
    HeldCarrier spins = carrier("b", 30, 20, 4, false, 20, "spin");
    return Stream.of(
        row("nothing is known", Scheduler.UNKNOWN),
        row("a wait", free(waits), "CARRIER_PINNED SUSPECTED 1"),
        row("a run", free(spins), "CARRIER_MONOPOLISED SUSPECTED 1"),
        row(
            "both",
            free(waits, spins),
            "CARRIER_PINNED SUSPECTED 1",
            "CARRIER_MONOPOLISED SUSPECTED 1"),
        row("two in one place", free(spins, spins), "CARRIER_MONOPOLISED SUSPECTED 2"),
        row("for too short a time", free(carrier("c", 9, 9, 9, true, 0, "load"))),
        row("it may have left, few looks", free(carrier("d", 190, 0, 19, false, 50, "spin"))),
        row(
            "it may have left, many looks",
            free(carrier("e", 200, 0, 20, false, 50, "spin")),
            "CARRIER_MONOPOLISED SUSPECTED 1"),
        row("it may have left, many quick looks", free(carrier("f", 9, 0, 90, false, 5, "spin"))),
        row(
            "all wait and others want to run",
            starved(5, 10, waits),
            "SCHEDULER_STARVED CONFIRMED 5",
            "CARRIER_PINNED SUSPECTED 1 not opening"),
        row(
            "one is at work and others want to run",
            starved(5, 10, waits, spins),
            "SCHEDULER_STARVED SUSPECTED 5",
            "CARRIER_PINNED SUSPECTED 1 not opening",
            "CARRIER_MONOPOLISED SUSPECTED 1 not opening"),
        row(
            "all are blocked outside of Java",
            starved(5, 10, carrier("g", 30, 20, 4, false, 0, "read")),
            "SCHEDULER_STARVED CONFIRMED 5",
            "CARRIER_MONOPOLISED SUSPECTED 1 not opening"),
        row(
            "one works, on a machine that has hardly any time for it",
            starved(5, 10, waits, carrier("h", 30, 20, 4, false, 1, "spin")),
            "CARRIER_PINNED SUSPECTED 1",
            "CARRIER_MONOPOLISED SUSPECTED 1"),
        row("others have not waited for long", starved(5, 9, waits), "CARRIER_PINNED SUSPECTED 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("histories")
  void says(String history, Scheduler scheduler, List<String> expected) {
    assertThat(detectors.detect(history(scheduler)))
        .extracting(
            f -> f.kind() + " " + f.verdict() + " " + f.count() + (f.opens() ? "" : " not opening"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void saysNothingWhenItIsOff() {
    assertThat(detectors(null)
            .detect(history(starved(5, 60, carrier("a", 60, 60, 7, true, 0, "load")))))
        .isEmpty();
  }

  @Test
  void namesWhatIsTheSameAtEachLookAndSaysWhatWasSeen() {
    Finding finding = detectors
        .detect(history(free(carrier("renderer", 30, 20, 4, false, 19, "spin"))))
        .get(0);

    assertThat(finding.suspects()).containsExactly("com.acme.Rates.spin(Rates.java:40)");
    assertThat(finding.headline()).isEqualTo("1 virtual thread runs on and keeps its carrier");
    assertThat(finding.summary())
        .isEqualTo("1 virtual thread runs on and keeps its carrier for 20s or more in Rates.spin");
    assertThat(finding.oldest()).isEqualTo(Duration.ofSeconds(20));
    assertThat(finding.threadNames()).containsExactly("renderer");
    assertThat(finding.evidence())
        .containsExactly(
            "renderer on worker-1 at each of 4 samples in 30s, which took no other task meanwhile",
            "used 19s of CPU time in 20s",
            "1 of 2 carriers, 0 waiting for one");
  }

  @Test
  void isTheSameFindingWhateverTheThreadIsAtBelowWhereItStays() {
    HeldCarrier one = carrier("a", 30, 20, 4, false, 19, "spin");
    ThreadDetail elsewhere = new ThreadDetail(
        "a",
        true,
        Thread.State.RUNNABLE,
        List.of(
            frame("com.acme.Numbers", "next", "Numbers.java", 3), one.steady().get(0)));
    HeldCarrier other = new HeldCarrier(
        "a", "worker-1", one.seenFor(), one.unbrokenFor(), 5, false, null, elsewhere, one.steady());

    assertThat(detectors.detect(history(free(other))).get(0).fingerprint())
        .isEqualTo(detectors.detect(history(free(one))).get(0).fingerprint());
  }

  @Test
  void saysHowManyWaitAndWhatHoldsTheCarriers() {
    Finding finding = detectors
        .detect(history(starved(
            12,
            20,
            carrier("a", 30, 20, 4, true, 0, "load"),
            carrier("b", 30, 20, 4, true, 0, "read"))))
        .stream()
        .filter(f -> f.kind() == FindingKind.SCHEDULER_STARVED)
        .findFirst()
        .orElseThrow();

    assertThat(finding.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(finding.headline())
        .isEqualTo("12 virtual threads wait for a carrier, all 2 are held");
    assertThat(finding.suspects())
        .containsExactly(
            "com.acme.Rates.load(Rates.java:40)", "com.acme.Rates.read(Rates.java:40)");
    assertThat(finding.evidence())
        .startsWith(
            "no carrier has taken a task for 20s, by the scheduler's own count, and some waited at"
                + " each sample");
    assertThat(finding.stacks()).hasSize(2);
  }

  private static LeakDetector detectors(@org.jspecify.annotations.Nullable Duration threshold) {
    return new Detectors(List.of(
        new HeldCarrierDetector(threshold, name -> true),
        new StarvedSchedulerDetector(threshold, name -> true)));
  }

  private static Arguments row(String name, Scheduler scheduler, String... expected) {
    return Arguments.of(name, scheduler, List.of(expected));
  }

  private static Scheduler free(HeldCarrier... held) {
    return new Scheduler(held.length + 1, 0, Duration.ZERO, List.of(held));
  }

  private static Scheduler starved(long waiting, int seconds, HeldCarrier... held) {
    return new Scheduler(held.length, waiting, Duration.ofSeconds(seconds), List.of(held));
  }

  private static HeldCarrier carrier(
      String name, int seen, int unbroken, int looks, boolean waits, int cpu, String method) {
    List<StackTraceElement> stack = List.of(frame("com.acme.Rates", method, "Rates.java", 40));
    return new HeldCarrier(
        name,
        "worker-1",
        Duration.ofSeconds(seen),
        Duration.ofSeconds(unbroken),
        looks,
        waits,
        new HeldCarrier.Cpu(Duration.ofSeconds(cpu), Duration.ofSeconds(20)),
        new ThreadDetail(name, true, waits ? Thread.State.WAITING : Thread.State.RUNNABLE, stack),
        stack);
  }

  private static SampleHistory history(Scheduler scheduler) {
    SampleHistory history = new SampleHistory(Duration.ZERO);
    history.add(Histories.at(30).scheduler(scheduler).build());
    return history;
  }
}
