package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LateExits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code mode=ci}: a red build with the guilty line, in the forms that build services read; and why a JVM does not end. */
class CiModeIT {
  @OnEveryJdk
  void aLeakEndsTheJvmWithItsStatusAndIsInTheTestReport(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk)
        .withoutOptions()
        .options("mode=ci,junit-xml=leaks.xml")
        .environment("GITHUB_ACTIONS", "true")
        .sampleApp("executor", "--seconds", "12")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(86);
      Path xml = app.folder().resolve("leaks.xml");
      assertThat(Files.readString(xml))
          .contains("failures=\"1\"")
          .contains(
              "<testcase classname=\"com.acme.PriceReport\" name=\"executor never shut down [")
          .contains("created at  com.acme.PriceReport.serve(PriceReport.java:");
      assertThat(app.stderr())
          .contains("::error file=com/acme/PriceReport.java,line=")
          .contains("mode=ci (agent argument) interval=500ms (mode)");
    }
  }

  @OnEveryJdk
  void aCleanJvmEndsAsItDoesWithoutTheAgent(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk)
        .withoutOptions()
        .options("mode=ci,junit-xml=leaks.xml")
        .sampleApp("executor-repaired", "--seconds", "6")) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(Files.readString(app.folder().resolve("leaks.xml")))
          .contains("tests=\"1\" failures=\"0\"")
          .contains("name=\"no leaks\"");
    }
  }

  @OnEveryJdk
  void saysWhatKeepsTheJvmWhenMainHasReturned(JdkUnderTest jdk) {
    String creator =
        GuiltyLine.start("integration-tests/src/test/java", "com.acme.programs.LateExits.makePool");
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("mode=ci,exit-hang=1s,interval=200ms")
        .main(LateExits.class, "pool")) {
      Report.Finding finding = app.awaitFinding(f -> f.kind().equals("EXIT_BLOCKED"));
      assertThat(finding.suspects()).startsWith(creator);
      assertThat(finding.threadNames()).containsExactly("pool-1-thread-1");
      app.sendLine("");
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
    }
  }

  @OnEveryJdk
  void saysWhichShutdownHookHoldsUpTheExitAndNeverTakesPart(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options("mode=ci,exit-hang=1s,interval=200ms")
        .main(LateExits.class, "hook")) {
      app.awaitLine("ready");
      app.awaitReport(report -> true);
      app.sendLine("");
      app.awaitLine("leakwatch: the JVM does not end");
      app.awaitLine("hanging-hook");
      app.awaitLine("com.acme.programs.LateExits.hang(LateExits.java:");
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(7);
    }
  }
}
