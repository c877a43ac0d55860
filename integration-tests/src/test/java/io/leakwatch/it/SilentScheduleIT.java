package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.DyingTimers;
import com.acme.programs.HealthySchedules;

/** A periodic task that its pool has dropped because it threw is found; tasks whose end somebody knows of are not. */
class SilentScheduleIT {
  private static final String SAMPLE_APP = "sample-app/src/main/java";
  private static final String PROGRAMS = "integration-tests/src/test/java";

  @OnEveryJdk
  void periodicTasksThatThrewAreConfirmedAndAllOfThemCounted(JdkUnderTest jdk) {
    String creator = GuiltyLine.start(SAMPLE_APP, "com.acme.PriceRefresh.<init>");
    try (AgentProcess app =
        AgentJvm.on(jdk).sampleApp("silent-schedule", "--seconds", "6", "--rate", "10")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).contains("60 requests served, 60 tasks leaked");

      Report last = app.awaitReport(Report::isFinal);
      assertThat(last.findings()).as(app::transcript).singleElement().satisfies(finding -> {
        assertThat(finding.isConfirmed("SCHEDULED_TASK_STOPPED")).isTrue();
        assertThat(finding.suspects().get(0)).startsWith("com.acme.PriceRefresh.serve(");
        assertThat(finding.suspects()).contains(creator);
        // The last of them may have thrown after the last look.
        assertThat(finding.count()).isBetween(55L, 60L);
        assertThat(finding.evidence())
            .contains(finding.count() + " tasks threw java.lang.IllegalStateException");
      });
      assertThat(last.agent().hookFailures()).isZero();
      assertThat(app.stderr())
          .contains(
              "LEAK CONFIRMED  scheduled task stopped silently",
              "periodic tasks of com.acme.PriceRefresh$$Lambda")
          .doesNotContain("no price of product");
    }
  }

  @OnEveryJdk
  void tasksWhoseEndSomebodyKnowsOfAreLeftInPeace(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).main(HealthySchedules.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).isEqualTo("3 failed; the careful one runs: true\n");

      app.awaitReport(Report::isFinal);
      assertThat(app.findings()).as(app::transcript).isEmpty();
    }
  }

  @OnEveryJdk
  void allTasksOfATimerThatDiedAreCountedButNotThoseOfOneThatWasCancelled(JdkUnderTest jdk) {
    String creator = line("main", "// timers: dying");
    String schedule = line("main", "// timers: scheduled");
    try (AgentProcess app = AgentJvm.on(jdk).main(DyingTimers.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      Report last = app.awaitReport(Report::isFinal);
      assertThat(last.findings()).as(app::transcript).singleElement().satisfies(finding -> {
        assertThat(finding.isConfirmed("SCHEDULED_TASK_STOPPED")).isTrue();
        assertThat(finding.count()).isEqualTo(3);
        assertThat(finding.suspects()).startsWith(schedule, creator);
        assertThat(finding.summary())
            .contains(
                "com.acme.programs.DyingTimers$Refresh threw java.lang.IllegalArgumentException");
      });
      assertThat(last.agent().hookFailures()).isZero();
    }
  }

  private static String line(String method, String mark) {
    return GuiltyLine.marked(PROGRAMS, "com.acme.programs.DyingTimers." + method, mark);
  }
}
