package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.CrossedMonitors;

/** Monitors are looked at without what an application may want to set up first. */
class MonitorDeadlockIT {
  @OnEveryJdk
  void aDeadlockOfMonitorsIsProvenWithoutTouchingLoggingOrBeans(JdkUnderTest jdk) {
    try (AgentProcess app =
        AgentJvm.on(jdk).jvmArgs("-Xlog:class+load=info:stdout").main(CrossedMonitors.class)) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals("DEADLOCK"));
      app.sendLine("end");

      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(finding.verdict()).isEqualTo("PROVEN");
      // The JVM names the line of the monitor, or the one behind it.
      assertThat(finding.suspects())
          .hasSize(2)
          .anyMatch(frame -> frame.startsWith("com.acme.programs.CrossedMonitors.sell("))
          .anyMatch(frame -> frame.startsWith("com.acme.programs.CrossedMonitors.refill("));
      assertThat(app.stdout())
          .contains("java.lang.management.ThreadInfo ")
          .doesNotContain("java.util.logging.", "javax.management.");
    }
  }
}
