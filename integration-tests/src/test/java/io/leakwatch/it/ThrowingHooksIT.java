package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.ThrowingListener;

/** A hook that throws is caught and counted, and in the end the hooks disarm themselves; the application lives. */
class ThrowingHooksIT {
  @OnEveryJdk
  void aFewFailuresAreCountedAndHarmNobody(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).main(ThrowingListener.class, "10")) {
      // The agent has tested itself by then.
      app.awaitReport(report -> true);
      app.sendLine("go");
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      assertThat(app.stdout()).isEqualTo("10 of 10 threads ran\ndisarmed: false\n");
      // A platform thread fails when it starts and when it ends, a virtual one also when it is
      // made.
      // A few more come from the carriers, and from threads that start while the JVM ends.
      int expected = jdk.hasVirtualThreads() ? 25 : 20;
      assertThat(app.awaitReport(Report::isFinal).agent().hookFailures())
          .as(app::transcript)
          .isBetween((long) expected, expected + 20L);
    }
  }

  @OnEveryJdk
  void afterAHundredFailuresTheHooksDisarmThemselves(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).main(ThrowingListener.class, "300")) {
      // The agent has tested itself by then.
      app.awaitReport(report -> true);
      app.sendLine("go");
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);

      assertThat(app.stdout()).isEqualTo("300 of 300 threads ran\ndisarmed: true\n");
      assertThat(app.awaitReport(Report::isFinal).agent().hookFailures())
          .as(app::transcript)
          .isBetween(100L, 104L);
    }
  }
}
