package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An ahead-of-time cache (JEP 514): the run that makes it is left alone, the runs that use it are watched. */
class AotCacheIT {
  private final Path cache;

  AotCacheIT(@TempDir Path folder) {
    this.cache = folder.resolve("app.aot");
  }

  /** Such a run with woven classes ends in a crash of the JVM: JDK-8380409. */
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("jdksWithAotCaches")
  void isMadeWithTheAgentInPlaceAndUsedUnderItsEyes(JdkUnderTest jdk) {
    try (AgentProcess training = AgentJvm.on(jdk)
        .jvmArgs("-XX:AOTCacheOutput=" + cache)
        .sampleApp("healthy", "--seconds", "1")) {
      assertThat(training.awaitExit()).as(training::transcript).isZero();
      assertThat(training.stderr().lines().filter(line -> line.startsWith("leakwatch: ")))
          .as(training::transcript)
          .singleElement()
          .satisfies(line -> assertThat(line).contains("ahead-of-time cache", "not watched"));
      assertThat(cache).as(training::transcript).isNotEmptyFile();
    }

    try (AgentProcess app = AgentJvm.on(jdk)
        .jvmArgs("-XX:AOTMode=on", "-XX:AOTCache=" + cache)
        .sampleApp("latch-virtual", "--seconds", "120", "--rate", "5")) {
      Report.Finding finding = app.awaitFinding(f -> f.isConfirmed("SIGNAL_NEVER_COMES"));
      assertThat(finding.suspects())
          .as(app::transcript)
          .contains(GuiltyLine.start("sample-app/src/main/java", "com.acme.SettlementJob.serve"));
      assertThat(app.stdout()).as(app::transcript).doesNotContain("Exception");
    }
  }

  static List<JdkUnderTest> jdksWithAotCaches() {
    return JdkUnderTest.all().stream().filter(jdk -> jdk.feature() >= 25).toList();
  }
}
