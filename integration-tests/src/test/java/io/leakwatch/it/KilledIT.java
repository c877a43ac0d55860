package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LeakUntilTold;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The JVM ends without a warning, in the middle of what the agent writes: all complete lines of JSON are whole. */
class KilledIT {
  @OnEveryJdk
  void bySigkill(JdkUnderTest jdk) throws IOException {
    assertWholeLines(jdk, AgentProcess::kill);
  }

  @OnEveryJdk
  void byRuntimeHalt(JdkUnderTest jdk) throws IOException {
    assertWholeLines(jdk, app -> app.sendLine("halt 3"));
  }

  private static void assertWholeLines(JdkUnderTest jdk, Consumer<AgentProcess> end)
      throws IOException {
    for (int i = 0; i < Safety.rounds(1, 20); i++) {
      try (AgentProcess app = AgentJvm.on(jdk)
          .options("interval=100ms,report-interval=100ms")
          .main(LeakUntilTold.class)) {
        int many = 3 + i;
        app.awaitReport(report -> report.sequence() >= many);
        end.accept(app);
        assertThat(app.awaitExit()).as(app::transcript).isNotZero();

        assertThat(FileFaultsIT.unreadable(app.folder().resolve(AgentProcess.REPORTS)))
            .isEmpty();
        List<Report> reports = app.reports();
        assertThat(reports)
            .extracting(Report::sequence)
            .containsExactlyElementsOf(
                LongStream.rangeClosed(1, reports.size()).boxed().toList());
        assertThat(app.stdout()).isEmpty();
      }
    }
  }
}
