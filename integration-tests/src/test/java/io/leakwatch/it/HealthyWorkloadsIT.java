package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What does not leak gets no finding, and gives the same results as without the agent: the building blocks of the sample
 * application and the repaired twins of its leaks, several JVMs side by side. The leaking ones are confirmed in the same time
 * by {@link SampleAppIT} and its neighbours, with the same options.
 */
class HealthyWorkloadsIT {
  /** The default: the load is there by then, also on a busy machine, and the baseline is that of a working application. */
  private static final String LEARNT_UNDER_LOAD = "warmup=60s";

  /** One each two seconds, four samples in each. */
  private static final int REPORTS_AFTERWARDS = 5;

  private static final int KILLED = 128 + 15;
  private static final Duration DUE = Duration.ofMinutes(3);
  private static final String[] PACE = {"--seconds", "12", "--rate", "5"};
  private static final String[] LONGER = {"--seconds", "72", "--rate", "2"};

  @OnEveryJdk
  void theBuildingBlocksGetNoFindingAndGiveTheSameResults(JdkUnderTest jdk) {
    List<AgentProcess> watched = new ArrayList<>();
    List<AgentProcess> unwatched = new ArrayList<>();
    try {
      for (String scenario : List.of("stack", "pool", "hybrid", "healthy")) {
        watched.add(start(loaded(jdk), scenario, LONGER));
        unwatched.add(start(AgentJvm.on(jdk).withoutAgent(), scenario, LONGER));
      }
      for (int i = 0; i < watched.size(); i++) {
        assertUnharmed(watched.get(i));
        AgentProcess without = unwatched.get(i);
        assertThat(without.awaitExit(DUE)).as(without::transcript).isEqualTo(0);
        assertThat(watched.get(i).stdout()).isEqualTo(without.stdout());
      }
    } finally {
      watched.forEach(AgentProcess::close);
      unwatched.forEach(AgentProcess::close);
    }
  }

  @OnEveryJdk
  void theBuildingBlocksAtFullSpeedGetNoFinding(JdkUnderTest jdk) {
    List<AgentProcess> running = new ArrayList<>();
    try {
      for (String scenario : List.of("stack", "pool", "hybrid")) {
        running.add(start(loaded(jdk), scenario, "--requests", "1000000000"));
      }
      for (AgentProcess app : running) {
        Report learnt = app.awaitReport(report -> report.threads().baseline() > 0);
        long enough = learnt.sequence() + REPORTS_AFTERWARDS;
        app.awaitReport(report -> report.sequence() >= enough);
        app.terminate();
        assertThat(app.awaitExit(DUE)).as(app::transcript).isEqualTo(KILLED);
        assertNoFinding(app);
      }
    } finally {
      running.forEach(AgentProcess::close);
    }
  }

  @OnEveryJdk
  void repairedLeaksOfThreadsAndExecutorsGetNoFinding(JdkUnderTest jdk) {
    assertAllUnharmed(
        paced(jdk, "executor-repaired", "channel-repaired", "wait-repaired", "latch-repaired"));
  }

  @OnEveryJdk
  void repairedPoolsAndLocksGetNoFinding(JdkUnderTest jdk) {
    List<Supplier<AgentProcess>> runs = new ArrayList<>(
        paced(jdk, "deadlock-repaired", "stuck-shutdown-repaired", "silent-schedule-repaired"));
    AgentJvm slow = AgentJvm.on(jdk).options("slow-task=1s");
    runs.add(() -> start(slow, "slow-repaired", "--seconds", "20", "--rate", "1"));
    AgentJvm backlog = AgentJvm.on(jdk).options("interval=200ms,warmup=1s");
    runs.add(() -> start(backlog, "backlog-repaired", "--seconds", "14", "--rate", "20"));
    assertAllUnharmed(runs);
  }

  @OnJdksWithVirtualThreads
  void repairedLeaksOfVirtualThreadsGetNoFinding(JdkUnderTest jdk) {
    assertAllUnharmed(paced(
        jdk,
        "channel-virtual-repaired",
        "wait-virtual-repaired",
        "latch-virtual-repaired",
        "deadlock-virtual-repaired"));
  }

  private static List<Supplier<AgentProcess>> paced(JdkUnderTest jdk, String... scenarios) {
    List<Supplier<AgentProcess>> runs = new ArrayList<>();
    for (String scenario : scenarios) {
      runs.add(() -> start(AgentJvm.on(jdk), scenario, PACE));
    }
    return runs;
  }

  private static AgentJvm loaded(JdkUnderTest jdk) {
    return AgentJvm.on(jdk).options(LEARNT_UNDER_LOAD);
  }

  private static AgentProcess start(AgentJvm jvm, String scenario, String... arguments) {
    List<String> all = new ArrayList<>(List.of(scenario));
    all.addAll(List.of(arguments));
    return jvm.sampleApp(all.toArray(String[]::new));
  }

  private static void assertAllUnharmed(List<Supplier<AgentProcess>> runs) {
    List<AgentProcess> running = new ArrayList<>();
    try {
      runs.forEach(run -> running.add(run.get()));
      running.forEach(HealthyWorkloadsIT::assertUnharmed);
    } finally {
      running.forEach(AgentProcess::close);
    }
  }

  private static void assertUnharmed(AgentProcess app) {
    assertThat(app.awaitExit(DUE)).as(app::transcript).isEqualTo(0);
    assertThat(app.stdout()).as(app::transcript).contains("requests served, nothing leaked");
    assertNoFinding(app);
  }

  private static void assertNoFinding(AgentProcess app) {
    Report last = app.awaitReport(Report::isFinal);
    assertThat(last.threads().baseline()).as(app::transcript).isPositive();
    assertThat(last.agent().hookFailures()).isZero();
    assertThat(last.threads().startedTotal()).isPositive();
    assertThat(app.findings()).as(app::transcript).isEmpty();
    assertThat(app.stderr()).doesNotContain("LEAK");
  }
}
