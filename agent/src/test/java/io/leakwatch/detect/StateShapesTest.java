package io.leakwatch.detect;

import static io.leakwatch.detect.HeldLocks.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Finding;
import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleBuilder;
import io.leakwatch.sample.SampleHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shapes that a state can have over time, before each detector that judges by a state: the sample, one a second, at which
 * it first says something that opens a finding; {@value #NEVER} for not within two minutes. The warm-up is 5 seconds. What a
 * carrier does is in {@link HeldCarrierDetectorTest}.
 */
class StateShapesTest {
  private static final int NEVER = -1;
  private static final int SECONDS = 120;
  private static final int SETTLE = 3;

  private static final List<HeldLock> CIRCLE =
      List.of(held(1, "seller", 2, 11, "sell"), held(2, "buyer", 1, 12, "refill"));
  private static final HeldLock CROWDED = held(1, "writer", null, "write", 8);
  private static final HeldLock LOST = HeldLocks.ofEnded(CROWDED);

  /**
   * As sample numbers in the order of the columns: deadlock, lock whose holder has ended, lock held for long, slow task,
   * periodic task that stopped, vanished task.
   */
  static Stream<Arguments> shapes() {
    return Stream.of(
        // Nothing is slow while the application warms up.
        row("from the start on", t -> true, 1, 1, 2, 5, 0, 0),
        row("from the twentieth second on", t -> t >= 20, 21, 21, 22, 20, 20, 20),
        row("for one sample", t -> t == 20, NEVER, NEVER, NEVER, 20, 20, 20),
        row("every other sample", t -> t % 2 == 1, NEVER, NEVER, NEVER, 5, 1, 1),
        row("two samples in five", t -> t >= 20 && t % 5 < 2, 21, 21, NEVER, 20, 20, 20),
        row("never", t -> false, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void isToldAtTheRightTimeOrNotAtAll(String shape, IntPredicate isThere, List<Integer> expected) {
    List<Integer> told = new ArrayList<>();
    told.add(first(new DeadlockDetector(name -> true), isThere, s -> s.heldLocks(CIRCLE)));
    told.add(first(
        new LockNeverReleasedDetector(name -> true), isThere, s -> s.heldLocks(List.of(LOST))));
    told.add(first(
        new LockHeldLongDetector(SETTLE, name -> true),
        isThere,
        s -> s.heldLocks(List.of(CROWDED))));
    told.add(first(
        new SlowTaskDetector(name -> true),
        isThere,
        s -> s.slowTasks(List.of(SlowTaskDetectorTest.slow(10, "query", "read")))));
    told.add(first(
        new ScheduledTaskStoppedDetector(name -> true),
        isThere,
        s -> s.stoppedTasks(
            List.of(ScheduledTaskStoppedDetectorTest.stopped("Refresh", "Error", 1)))));
    told.add(first(
        new VanishedTaskDetector(name -> true),
        isThere,
        s -> s.vanishedTasks(VanishedTaskDetectorTest.vanished(1, null))));
    assertThat(told).as(shape).isEqualTo(expected);
  }

  private static int first(
      LeakDetector detector, IntPredicate isThere, UnaryOperator<SampleBuilder> state) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= SECONDS; t++) {
      SampleBuilder builder = Histories.at(t);
      Sample sample = (isThere.test(t) ? state.apply(builder) : builder).build();
      history.add(sample);
      if (detector.detect(history).stream().anyMatch(Finding::opens)) {
        return t;
      }
    }
    return NEVER;
  }

  private static Arguments row(String shape, IntPredicate isThere, Integer... told) {
    return Arguments.of(shape, isThere, List.of(told));
  }
}
