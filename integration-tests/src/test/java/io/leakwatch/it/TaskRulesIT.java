package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.ExecutorRules;
import com.acme.programs.Extremes;
import java.time.Duration;

/**
 * The account of tasks changes nothing: programs that look closely at what executors do with their tasks see the same with
 * the agent as without, frame by frame, and no hook ever fails.
 */
class TaskRulesIT {
  /** Sampled all the time, with whatever is looked at when a task is slow. */
  private static final String NOSY = "interval=100ms,warmup=0s,slow-task=200ms";

  private static final Duration DUE = Duration.ofMinutes(2);

  @OnEveryJdk
  void executorsKeepTheirPromisesOfOrderIdentityRefusalAndFailure(JdkUnderTest jdk) {
    assertUnharmed(jdk, ExecutorRules.class);
  }

  @OnEveryJdk
  void extremesAndHostileTasksAreLeftAlone(JdkUnderTest jdk) {
    assertUnharmed(jdk, Extremes.class, "10000", "1000000");
  }

  private static void assertUnharmed(JdkUnderTest jdk, Class<?> program, String... args) {
    try (AgentProcess without =
            AgentJvm.on(jdk).withoutAgent().jvmArgs("-Xmx256m").main(program, args);
        AgentProcess with = AgentJvm.on(jdk)
            .options(NOSY)
            .jvmArgs("-Xmx256m", "-Xverify:all")
            .main(program, args)) {
      assertThat(without.awaitExit(DUE)).as(without::transcript).isEqualTo(0);
      assertThat(with.awaitExit(DUE)).as(with::transcript).isEqualTo(0);
      assertThat(without.stdout()).doesNotContain("unexpected", "has grown");
      assertThat(with.stdout().lines())
          .containsExactlyElementsOf(without.stdout().lines().toList());
      assertThat(with.stderr()).doesNotContain("must not be called", "VerifyError", "\033");
      assertThat(with.awaitReport(Report::isFinal).agent().hookFailures()).isZero();
    }
  }
}
