package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.Reentrant;

/** Hooks are entered while other hooks, initialisers, locks and handlers are: nothing hangs, all is as without. */
class ReentrancyIT {
  @OnEveryJdk
  void nothingHangsAndNothingIsDifferent(JdkUnderTest jdk) {
    String times = "" + Safety.rounds(30, 1_000);
    try (AgentProcess without = AgentJvm.on(jdk).withoutAgent().main(Reentrant.class, times);
        AgentProcess app = AgentJvm.on(jdk)
            // Samples all the time: its locks, if it had some, would be held all the time.
            .options("interval=100ms,report-interval=100ms,warmup=0s")
            .main(Reentrant.class, times)) {
      assertThat(Watchdog.awaitExit(jdk, without)).as(without::transcript).isZero();
      assertThat(Watchdog.awaitExit(jdk, app)).as(app::transcript).isZero();

      assertThat(app.stdout()).isEqualTo(without.stdout()).endsWith("hook has run\n");
      assertThat(app.awaitReport(Report::isFinal).agent().hookFailures())
          .as(app::transcript)
          .isZero();
    }
  }
}
