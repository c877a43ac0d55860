package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LeakUntilTold;
import com.acme.programs.Ordinary;

/** The application does with the agent what it does without: names, output, hooks, exit status. */
class ApplicationUnharmedIT {
  @OnEveryJdk
  void theNamesThatTheJdkGivesToThreadsDoNotShift(JdkUnderTest jdk) {
    try (AgentProcess without = AgentJvm.on(jdk).withoutAgent().main(Ordinary.class);
        AgentProcess with = AgentJvm.on(jdk).main(Ordinary.class)) {
      assertThat(without.awaitExit()).isEqualTo(0);
      assertThat(with.awaitExit()).as(with::transcript).isEqualTo(0);
      assertThat(without.stdout()).isEqualTo(Ordinary.OUTPUT);
      assertThat(with.stdout()).isEqualTo(Ordinary.OUTPUT);
    }
  }

  @OnEveryJdk
  void theExitStatusIsTheApplicationsOwn(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).main(Ordinary.class, "3")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(3);
      assertThat(app.stdout()).isEqualTo(Ordinary.OUTPUT);
    }
  }

  @OnEveryJdk
  void aLeakDoesNotChangeTheExitStatusUnlessAskedTo(JdkUnderTest jdk) {
    assertExit(AgentJvm.on(jdk), "exit 3", 3);
  }

  @OnEveryJdk
  void aConfirmedLeakGivesStatus86WhenMainReturns(JdkUnderTest jdk) {
    assertExit(AgentJvm.on(jdk).options("fail-on=confirmed"), "return", 86);
  }

  @OnEveryJdk
  void aConfirmedLeakGivesStatus86InPlaceOfThatOfSystemExit(JdkUnderTest jdk) {
    assertExit(AgentJvm.on(jdk).options("fail-on=confirmed"), "exit 3", 86);
  }

  @OnEveryJdk
  void aConfirmedLeakGivesTheStatusThatWasAskedFor(JdkUnderTest jdk) {
    assertExit(AgentJvm.on(jdk).options("fail-on=confirmed,fail-status=42"), "exit 0", 42);
  }

  @OnEveryJdk
  void withoutALeakTheStatusStaysWhateverWasAskedFor(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).options("fail-on=suspected").main(Ordinary.class, "3")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(3);
    }
  }

  @OnEveryJdk
  void anApplicationThatIsToldToTerminateDoesSoAndGetsItsLastReport(JdkUnderTest jdk) {
    try (AgentProcess without = AgentJvm.on(jdk).withoutAgent().main(LeakUntilTold.class);
        AgentProcess app = AgentJvm.on(jdk).main(LeakUntilTold.class)) {
      app.awaitReport(report -> true);
      without.terminate();
      app.terminate();

      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(without.awaitExit());
      assertThat(app.stdout()).isEqualTo("hook has run to its end\n");
      assertThat(app.reports().stream().filter(Report::isFinal)).hasSize(1);
    }
  }

  @OnEveryJdk
  void anUncaughtExceptionIsPrintedAndGivesStatus1(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).main(Ordinary.class, "no number")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(1);
      assertThat(app.stdout()).isEqualTo(Ordinary.OUTPUT);
      assertThat(app.stderr())
          .contains("Exception in thread \"main\" java.lang.NumberFormatException");
    }
  }

  @OnEveryJdk
  void bytecodeOfEveryHookIsValid(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).jvmArgs("-Xverify:all").sampleApp("healthy", "--seconds", "3")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.stdout()).contains("nothing leaked");
      assertThat(app.stderr()).doesNotContain("VerifyError").doesNotContain("not started");
      assertThat(app.awaitReport(Report::isFinal).agent().hookFailures()).isZero();
    }
  }

  private static void assertExit(AgentJvm jvm, String howToEnd, int status) {
    try (AgentProcess app = jvm.main(LeakUntilTold.class)) {
      app.awaitFinding(Report.Finding::isConfirmed);
      app.sendLine(howToEnd);

      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(status);
      assertThat(app.stdout()).isEqualTo("hook has run to its end\n");
      assertThat(app.reports().stream().filter(Report::isFinal)).hasSize(1);
    }
  }
}
