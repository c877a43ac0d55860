package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.AgentStopped;
import com.acme.programs.Exhausted;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application runs out of something while it is in a hook, or takes away the agent's own thread: both go on. */
class ExhaustionIT {
  /** Another test that lists the JVMs of this machine would make this one say that it has no memory for that. */
  private static final String ALONE = "-XX:+DisableAttachMechanism";

  @OnEveryJdk
  void theStackOverflowsInHooks(JdkUnderTest jdk) {
    assertBothGoOn(AgentJvm.on(jdk).jvmArgs(ALONE), "stack");
  }

  @OnEveryJdk
  void theHeapIsFullWhileThreadsStart(JdkUnderTest jdk) {
    assertBothGoOn(AgentJvm.on(jdk).jvmArgs(ALONE, "-Xmx64m", "-XX:+UseSerialGC"), "heap");
  }

  @OnEveryJdk
  void metaspaceIsFullWhileThreadsStart(JdkUnderTest jdk) {
    assertBothGoOn(AgentJvm.on(jdk).jvmArgs(ALONE, "-XX:MaxMetaspaceSize=40m"), "metaspace");
  }

  /** Later JDKs have no way to stop a thread. */
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("jdksThatCanStopThreads")
  void theAgentsThreadIsStopped(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("interval=100ms,report-interval=100ms")
        .main(AgentStopped.class, "300")) {
      app.awaitReport(report -> true);
      app.sendLine("go");
      app.awaitLine("stopped");

      assertReportsGoOn(app);
      app.closeInput();
      assertThat(app.awaitExit()).as(app::transcript).isZero();
      assertThat(app.stdout()).isEqualTo("stopped\n");
    }
  }

  static List<JdkUnderTest> jdksThatCanStopThreads() {
    return JdkUnderTest.all().stream().filter(jdk -> jdk.feature() < 20).toList();
  }

  private static void assertBothGoOn(AgentJvm jvm, String what) {
    try (AgentProcess app =
        jvm.options("interval=100ms,report-interval=100ms").main(Exhausted.class, what)) {
      app.awaitReport(report -> true);
      app.sendLine("go");
      app.awaitLine("threads and tasks ran");
      assertThat(app.stdout())
          .as(app::transcript)
          .isEqualTo("300 threads and tasks ran, 0 escaped\n");

      assertReportsGoOn(app);
      app.closeInput();
      assertThat(app.awaitExit()).as(app::transcript).isZero();
      assertThat(app.reports()).filteredOn(Report::isFinal).hasSize(1);
    }
  }

  private static void assertReportsGoOn(AgentProcess app) {
    long before = app.reports().size();
    app.awaitReport(report -> report.sequence() > before + 1);
  }
}
