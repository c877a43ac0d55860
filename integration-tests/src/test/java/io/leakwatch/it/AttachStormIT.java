package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.StartMany;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import org.awaitility.Awaitility;

/** The agent comes at a bad moment, or again and again. */
class AttachStormIT {
  /** Once is enough: what comes later is refused with a line, and costs the application nothing. */
  @OnEveryJdk
  void againAndAgain(JdkUnderTest jdk) throws Exception {
    int times = Safety.rounds(10, 100);
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(StartMany.class, "1")) {
      app.awaitLine("started");
      for (int i = 0; i < times; i++) {
        load(app, options(app));
      }
      app.awaitReport(report -> true);
      app.closeInput();

      assertThat(Watchdog.awaitExit(jdk, app)).as(app::transcript).isZero();
      assertThat(app.stdout()).isEqualTo("started\n1 ran\n");
      assertThat(app.stderr().lines().filter(line -> line.contains("already running")))
          .as(app::transcript)
          .hasSize(times - 1);
      assertThat(app.reports()).extracting(Report::sequence).doesNotHaveDuplicates();
    }
  }

  @OnEveryJdk
  void whileTenThousandThreadsStart(JdkUnderTest jdk) throws Exception {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(StartMany.class, "10000")) {
      app.awaitLine("started");
      load(app, options(app));
      app.awaitReport(report -> true);
      app.closeInput();

      assertThat(Watchdog.awaitExit(jdk, app)).as(app::transcript).isZero();
      assertThat(app.stdout()).isEqualTo("started\n10000 ran\n");
      Report last = app.awaitReport(Report::isFinal);
      assertThat(last.agent().hookFailures()).isZero();
      assertThat(last.threads().platform()).as(app::transcript).isLessThan(100);
    }
  }

  @OnEveryJdk
  void whileTheJvmStartsUp(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(StartMany.class, "1")) {
      // Refused until the JVM can be attached to; the first time that it is not, it is as young as
      // it gets.
      Awaitility.await().atMost(AgentProcess.DEADLINE).until(() -> isLoaded(app));
      app.awaitReport(report -> true);
      app.closeInput();

      assertThat(Watchdog.awaitExit(jdk, app)).as(app::transcript).isZero();
      assertThat(app.stdout()).isEqualTo("started\n1 ran\n");
      assertThat(app.stderr()).doesNotContain("not started", "\tat ");
    }
  }

  private static boolean isLoaded(AgentProcess app) throws Exception {
    try {
      load(app, options(app));
      return true;
    } catch (IOException | AttachNotSupportedException | AgentLoadException e) {
      // The last is what a JVM says that has no class loader yet.
      return false;
    }
  }

  private static void load(AgentProcess app, String options) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach("" + app.pid());
    try {
      jvm.loadAgent(AgentJvm.AGENT_JAR.toAbsolutePath().toString(), options);
    } finally {
      jvm.detach();
    }
  }

  private static String options(AgentProcess app) {
    return AgentJvm.QUICK + ",json=" + app.folder().resolve(AgentProcess.REPORTS);
  }
}
