package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.Ordinary;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With the agent in {@code JAVA_TOOL_OPTIONS} the JDK's own commands behave and print as without it. */
class JdkToolsIT {
  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("commands")
  void aJdkCommandPrintsAsWithoutTheAgent(JdkUnderTest jdk, String command) {
    String[] words = command.split(" ", -1);
    String[] args = Arrays.copyOfRange(words, 1, words.length);
    try (AgentProcess without = AgentJvm.on(jdk).withoutAgent().tool(words[0], args);
        AgentProcess with = AgentJvm.on(jdk).tool(words[0], args)) {
      assertThat(with.awaitExit()).isEqualTo(without.awaitExit());
      assertThat(with.stdout()).isEqualTo(without.stdout());
      assertThat(with.stderr()).contains("Picked up JAVA_TOOL_OPTIONS");
      assertThat(withoutNotice(with.stderr())).isEqualTo(without.stderr());
      assertThat(with.reports()).isEmpty();
    }
  }

  static Stream<Arguments> commands() {
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> Stream.of(
                "jcmd -h",
                "keytool -help",
                "javac -version",
                "jar --version",
                "javadoc --no-such-option")
            .map(command -> Arguments.of(jdk, command)));
  }

  @OnEveryJdk
  void jcmdListsJvmsWithTheAgentInJavaToolOptions(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().sampleApp("healthy");
        AgentProcess jcmd = jcmdOf(jdk, app)) {
      assertThat(jcmd.awaitExit()).as(jcmd::transcript).isEqualTo(0);
      assertThat(jcmd.stdout()).contains(app.pid() + " ");
      assertThat(withoutNotice(jcmd.stderr())).isEmpty();
    }
  }

  @OnEveryJdk
  void anApplicationIsWatchedThroughJavaToolOptions(JdkUnderTest jdk) {
    try (AgentProcess app = AgentJvm.on(jdk)
        .tool("java", "-cp", Jars.of(Ordinary.class).toString(), Ordinary.class.getName())) {
      assertThat(app.awaitExit()).as(app::transcript).isEqualTo(0);
      assertThat(app.awaitReport(Report::isFinal).threads().startedTotal()).isGreaterThan(6);
    }
  }

  private static AgentProcess jcmdOf(JdkUnderTest jdk, AgentProcess app) {
    app.awaitLine("healthy:");
    return AgentJvm.on(jdk).tool("jcmd", "-l");
  }

  private static String withoutNotice(String stderr) {
    return stderr
        .lines()
        .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
