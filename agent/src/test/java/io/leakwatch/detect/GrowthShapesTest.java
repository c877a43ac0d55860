package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.FOREVER;
import static io.leakwatch.detect.Histories.born;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.detect.Histories.Life;
import io.leakwatch.finding.Finding;
import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.HeldExecutors;
import io.leakwatch.sample.LateTasks;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shapes that a number can have over time, before each detector that judges by growth: the sample, one a second, at which
 * it first says something that opens a finding; {@value #NEVER} for not within two minutes. The tracker then waits for {@code
 * settle} of them in a row. The warm-up is 5 seconds.
 */
class GrowthShapesTest {
  private static final int NEVER = -1;
  private static final int SECONDS = 120;
  private static final int SETTLE = 3;

  private static final int[] NOISE = new Random(42).ints(SECONDS + 60, 0, 30).toArray();

  /**
   * As sample numbers in the order of the columns: threads, executors that are open, queue, schedule, all threads over their
   * baseline, executors that are shut down and cannot terminate.
   */
  static Stream<Arguments> shapes() {
    return Stream.of(
        row("linear, two a second", t -> born(2, FOREVER), 11, 11, 25, 25, 17, 18),
        row("steep, fifty a second", t -> born(50, FOREVER), 11, 11, 25, 25, 12, 18),
        row("slow drip, one in ten seconds", drip(10), 56, 56, 62, 62, 120, 18),
        row("steps, ten every fifteen seconds", steps(15, 10), 81, 81, 92, 92, 45, 18),
        row("step, a hundred at once", step(100), NEVER, NEVER, NEVER, NEVER, 20, 38),
        row("plateau, reached in five seconds", plateau(5), NEVER, NEVER, NEVER, NEVER, 7, 24),
        // Nothing tells this from a leak while it grows.
        row("plateau, reached in ten seconds", plateau(10), 14, 14, NEVER, NEVER, 7, 24),
        row("burst, drained in ten seconds", burst(10), NEVER, NEVER, NEVER, NEVER, 30, NEVER),
        row(
            "burst, drained one by one",
            GrowthShapesTest::slow,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            30,
            48),
        row("saw-tooth of ten seconds", sawTooth(10), NEVER, NEVER, NEVER, NEVER, NEVER, NEVER),
        // Before the first of them end they look like a leak.
        row("saw-tooth of twenty seconds", sawTooth(20), 11, 11, NEVER, NEVER, 14, 18),
        row(
            "churn, five seconds each",
            t -> born(10, t + 5),
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            NEVER),
        // Of these the number grows, and nothing gets old.
        row("rising load, five seconds each", t -> born(t, t + 5), NEVER, NEVER, 25, 25, 10, NEVER),
        row("noise", GrowthShapesTest::noise, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER),
        row("a leak in noise", GrowthShapesTest::leakInNoise, 17, 17, NEVER, NEVER, 118, 19));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void isToldAtTheRightTimeOrNotAtAll(String shape, Life life, List<Integer> expected) {
    LeakDetector ofThreads = new ThreadGrowthDetector(SETTLE, name -> true);
    LeakDetector ofExecutors = new ExecutorNeverShutDownDetector(SETTLE, name -> true);
    LeakDetector ofQueues = new QueueBacklogDetector(SETTLE, name -> true);
    LeakDetector ofSchedules = new ScheduleBehindDetector(SETTLE, name -> true);
    LeakDetector ofCounts = new BaselineDetector(2.0);
    LeakDetector ofClosed = new ExecutorNotTerminatedDetector(SETTLE, name -> true);

    List<Integer> told = List.of(
        first(
            ofThreads,
            t -> Histories.sample(
                t, List.of(Histories.threads(1, Histories.cohorts(life, t))), List.of())),
        first(
            ofExecutors,
            t -> Histories.sample(t, List.of(), List.of(executors(Histories.cohorts(life, t))))),
        first(
            ofQueues,
            t -> Histories.sample(
                t, List.of(), List.of(queue(Histories.cohorts(life, t).total())))),
        first(ofSchedules, t -> late(t, Histories.cohorts(life, t).total())),
        first(
            ofCounts,
            t -> Histories.at(t)
                .liveThreads(10 + Histories.cohorts(life, t).total(), 0)
                .build()),
        first(
            ofClosed,
            t -> Histories.sample(t, List.of(), List.of(closed(Histories.cohorts(life, t))))));

    assertThat(told).as(shape).isEqualTo(expected);
  }

  private static int first(LeakDetector detector, IntFunction<Sample> samples) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(Histories.WARMUP_SECONDS));
    for (int t = 0; t <= SECONDS; t++) {
      history.add(samples.apply(t));
      if (detector.detect(history).stream().anyMatch(Finding::opens)) {
        return t;
      }
    }
    return NEVER;
  }

  private static Life drip(int seconds) {
    return steps(seconds, 1);
  }

  private static Life steps(int seconds, int n) {
    return t -> born(t % seconds == 0 ? n : 0, FOREVER);
  }

  private static Life step(int n) {
    return t -> born(t == 20 ? n : 0, FOREVER);
  }

  private static Life plateau(int seconds) {
    return t -> born(t > 5 && t <= 5 + seconds ? 10 : 0, FOREVER);
  }

  private static Life burst(int seconds) {
    return t -> born(t == 30 ? 100 : 0, t + seconds);
  }

  private static Life sawTooth(int seconds) {
    return t -> born(5, t - t % seconds + seconds - 1);
  }

  private static List<Integer> slow(int t) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < (t == 30 ? 100 : 0); i++) {
      ends.add(t + 3 + i / 2);
    }
    return ends;
  }

  private static List<Integer> noise(int t) {
    return born(NOISE[t], t + 1 + NOISE[t + 1] % 4);
  }

  private static List<Integer> leakInNoise(int t) {
    List<Integer> ends = new ArrayList<>(noise(t));
    ends.addAll(born(t % 2, FOREVER));
    return ends;
  }

  private static SiteExecutors executors(Cohorts open) {
    return new SiteExecutors(
        1,
        "executor",
        ThreadPoolExecutor.class.getName(),
        Histories.CREATED_AT,
        open.total(),
        0,
        open,
        open.total(),
        0,
        null,
        List.of(),
        Histories.idle(),
        HeldExecutors.NONE,
        Queues.EMPTY,
        null);
  }

  private static SiteExecutors closed(Cohorts atWork) {
    return ExecutorNotTerminatedDetectorTest.executors(new HeldExecutors(
        new HeldExecutors.Group(atWork, atWork),
        HeldExecutors.Group.NONE,
        atWork.total(),
        List.of("pool-1-thread-1"),
        Histories.waiting()));
  }

  private static SiteExecutors queue(long tasks) {
    Queues queues = new Queues(tasks, 1, 4, 4, 4, Integer.MAX_VALUE);
    return Histories.pool(1, "executor", ThreadPoolExecutor.class, 4, 4, queues);
  }

  private static Sample late(int second, long runsBehind) {
    LateTasks task = new LateTasks(
        1,
        "com.acme.Refresh",
        Histories.CREATED_AT,
        7,
        "scheduled executor",
        Histories.CREATED_AT,
        true,
        1,
        runsBehind,
        Duration.ofMillis(100 * runsBehind),
        Duration.ofMillis(100),
        true,
        second,
        Histories.waiting().get(0));
    return Histories.at(second)
        .lateTasks(runsBehind == 0 ? List.of() : List.of(task))
        .build();
  }

  private static Arguments row(String shape, Life life, Integer... told) {
    return Arguments.of(shape, life, List.of(told));
  }
}
