package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LateSchedules;
import com.acme.programs.PunctualSchedules;

/** A periodic task that falls behind is found; tasks that keep their period, or catch up, are not. */
class LateScheduleIT {
  private static final String OPTIONS = "interval=200ms,warmup=1s";
  private static final String KIND = "SCHEDULE_BEHIND";
  private static final String PROGRAMS = "integration-tests/src/test/java";

  @OnEveryJdk
  void oneThatTakesLongerThanItsPeriodIsSuspectedWithTheLineThatSchedulesIt(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).options(OPTIONS).main(LateSchedules.class, "slow")) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals(KIND));

      assertThat(finding.verdict()).isEqualTo("SUSPECTED");
      assertThat(finding.count()).isEqualTo(1);
      assertThat(method(finding)).isEqualTo("com.acme.programs.LateSchedules.slow");
      assertThat(finding.summary()).contains("takes longer than 20ms");
      assertThat(finding.growthPerMinute()).isPositive();
    }
  }

  @OnEveryJdk
  void thoseWhosePoolIsBlockedAreOneFindingWithTheLineThatBlocksIt(JdkUnderTest jdk) {
    String wait = marked("awaitAnswer", "// schedules: waits");
    String creator = marked("blocked", "// schedules: pool");
    try (AgentProcess app =
        AgentJvm.on(jdk).options(OPTIONS).main(LateSchedules.class, "blocked")) {
      Report.Finding finding = app.awaitFinding(
          f -> f.isConfirmed(KIND) && f.summary().contains("all workers are stuck"));

      assertThat(finding.count()).isEqualTo(3);
      assertThat(finding.suspects()).startsWith(wait).contains(creator);
      assertThat(finding.summary()).contains("do not get a turn in time");
    }
  }

  @OnEveryJdk
  void aTimersTaskThatTakesLongerThanItsPeriodIsSuspected(JdkUnderTest jdk) {
    String schedule = marked("timer", "// schedules: timer");
    try (AgentProcess app = AgentJvm.on(jdk).options(OPTIONS).main(LateSchedules.class, "timer")) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals(KIND));

      assertThat(finding.verdict()).isEqualTo("SUSPECTED");
      assertThat(finding.suspects()).startsWith(schedule);
      assertThat(finding.summary()).contains("takes longer than 20ms");
    }
  }

  @OnEveryJdk
  void tasksThatKeepTheirPeriodAreLeftInPeace(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).options(OPTIONS).main(PunctualSchedules.class)) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).isEqualTo("caught up\n");

      Report last = app.awaitReport(Report::isFinal);
      assertThat(app.findings()).as(app::transcript).noneMatch(f -> f.kind().equals(KIND));
      assertThat(last.agent().hookFailures()).isZero();
    }
  }

  private static String method(Report.Finding finding) {
    String suspect = finding.suspects().get(0);
    return suspect.substring(0, suspect.indexOf('('));
  }

  private static String marked(String method, String mark) {
    return GuiltyLine.marked(PROGRAMS, "com.acme.programs.LateSchedules." + method, mark);
  }
}
