package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.LoadedJetty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real server under load: exactly the handler that leaks is named, and without a leak nothing is.
 *
 * <p>Ten minutes without a leak, by hand, on every JDK at once:
 *
 * <pre>{@code
 * mvn verify -Dit.test='JettyServerIT#load*' -Dleakwatch.load-seconds=600
 * }</pre>
 */
class JettyServerIT {
  private static final String SOURCES = "integration-tests/src/test/java";

  @ParameterizedTest(name = "{2} {1} on {0}")
  @MethodSource("leakingHandlers")
  void exactlyTheLineOfTheLeakingHandlerIsConfirmed(
      JdkUnderTest jdk, String threads, String path, String kind, String guiltyLine) {
    try (AgentProcess server = jetty(jdk, path, threads, "5", "20")) {
      assertThat(server.awaitExit()).as(server::transcript).isEqualTo(0);

      Report last = server.awaitReport(Report::isFinal);
      assertThat(server.stdout())
          .contains("load is over, 0 requests failed", "handled on " + threads);
      assertThat(last.findings().stream().filter(Report.Finding::isConfirmed))
          .as(server::transcript)
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.suspects().get(0)).isEqualTo(guiltyLine);
            assertThat(finding.count()).isBetween(80L, 105L);
          });
      assertThat(server.findings())
          .as(server::transcript)
          .filteredOn(Report.Finding::isConfirmed)
          .allSatisfy(finding -> assertThat(finding.suspects().get(0)).isEqualTo(guiltyLine));
      assertThat(server.stderr()).contains("LEAK CONFIRMED", guiltyLine);
    }
  }

  static Stream<Arguments> leakingHandlers() {
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> jdk.hasVirtualThreads()
            ? Stream.of(
                threads(jdk, "virtual", "/threads"),
                threads(jdk, "virtual", "/virtual-threads"),
                executors(jdk, "virtual"))
            : Stream.of(threads(jdk, "platform", "/threads"), executors(jdk, "platform")));
  }

  @OnEveryJdk
  void loadWithoutALeakGivesNoFindingAboveSuspected(JdkUnderTest jdk) {
    int seconds = Integer.getInteger("leakwatch.load-seconds", 30);
    String threads = jdk.hasVirtualThreads() ? "virtual" : "platform";
    try (AgentProcess server = jetty(jdk, "/orders", threads, "25", "" + seconds)) {
      assertThat(server.awaitExit(Duration.ofSeconds(seconds)))
          .as(server::transcript)
          .isEqualTo(0);

      assertThat(server.awaitReport(Report::isFinal).sequence()).isGreaterThan(5);
      assertThat(server.stdout())
          .contains("load is over, 0 requests failed", "handled on " + threads);
      assertThat(server.findings())
          .as(server::transcript)
          .allSatisfy(finding -> assertThat(finding.verdict()).isIn("SUSPECTED", "RETRACTED"));
    }
  }

  private static Arguments threads(JdkUnderTest jdk, String threads, String path) {
    return Arguments.of(
        jdk,
        threads,
        path,
        "SIGNAL_NEVER_COMES",
        GuiltyLine.wait(SOURCES, "com.acme.programs.QuoteHandler.awaitNextQuote"));
  }

  private static Arguments executors(JdkUnderTest jdk, String threads) {
    return Arguments.of(
        jdk,
        threads,
        "/executors",
        "EXECUTOR_NEVER_SHUT_DOWN",
        GuiltyLine.start(SOURCES, "com.acme.programs.PriceHandler.handle"));
  }

  private static AgentProcess jetty(JdkUnderTest jdk, String... args) {
    Path[] jars = Stream.of(
            "org.eclipse.jetty.server.Server",
            "org.eclipse.jetty.http.HttpField",
            "org.eclipse.jetty.io.EndPoint",
            "org.eclipse.jetty.util.Callback",
            "org.slf4j.Logger",
            "org.slf4j.simple.SimpleLogger")
        .map(Jars::of)
        .toArray(Path[]::new);
    return AgentJvm.on(jdk).classPath(jars).main(LoadedJetty.class, args);
  }
}
