package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class SampleAppTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withoutArgumentsItListsEveryScenario() throws Exception {
    assertThat(run()).isEqualTo(0);
    assertThat(text(out)).startsWith("java -jar sample-app.jar NAME [--seconds N]");
    for (Scenario scenario : Scenario.values()) {
      assertThat(text(out).lines())
          .filteredOn(line -> line.startsWith("  " + scenario.argument() + " "))
          .singleElement()
          .asString()
          .endsWith(scenario.description());
    }
    assertThat(text(out).lines())
        .contains(
            "leaking",
            "  executor                  executor made per request and never shut down",
            "healthy",
            "  executor-repaired         the executor is shut down where it was made");
  }

  @Test
  void eachLeakHasARepairedTwin() {
    for (Scenario scenario : Scenario.values()) {
      boolean leaking = Scenario.of(Scenario.Group.LEAKING).contains(scenario)
          || Scenario.of(Scenario.Group.LEAKING_VIRTUAL).contains(scenario);
      assertThat(Scenario.named(scenario.argument() + "-repaired").isPresent())
          .as(scenario.argument())
          .isEqualTo(leaking);
    }
  }

  @Test
  void whatComesOfTheRequestsIsTheSameAtAnyPace() throws Exception {
    for (String name : List.of("pool", "hybrid", "stack")) {
      out.reset();
      assertThat(run(name, "--requests", "12")).isEqualTo(0);
      String fast = served(name);
      out.reset();
      assertThat(run(name, "--seconds", "1", "--rate", "12")).isEqualTo(0);
      assertThat(served(name)).isEqualTo(fast).contains("12 requests served", "checksum");
    }
  }

  @Test
  void asManyRequestsAsAskedForAreServedAsFastAsItCan() throws Exception {
    assertThat(run("pool", "--requests", "50")).isEqualTo(0);
    assertThat(text(out).lines().toList())
        .startsWith("pool: a task pool for each request, mapped over a list; 50 requests, as fast"
            + " as it can")
        .anyMatch(line -> line.matches("pool: in \\d+\\.\\d\\d s, \\d+\\.\\d requests/s"));
  }

  @Test
  void thePipelineTellsHowLongItsStagesTook() throws Exception {
    assertThat(run("hybrid", "--requests", "5")).isEqualTo(0);
    assertThat(text(err))
        .startsWith("hybrid: on average fetch ")
        .contains(", compute ", ", store ");
  }

  @Test
  void aScenarioEndsByItselfAndSaysWhatItLeakedAndWhatToTryNext() throws Exception {
    assertThat(run("executor", "--seconds", "1", "--rate", "5")).isEqualTo(0);
    assertThat(text(out).lines())
        .containsExactly(
            "executor: executor made per request and never shut down; 1 s at 5 requests/s",
            "executor: 5 requests served, 5 executors leaked",
            "try next: java -javaagent:agent/target/leakwatch.jar=interval=1s,warmup=5s"
                + " -jar sample-app/target/sample-app.jar channel");
  }

  @Test
  void atAnyRateThereIsARequest() throws Exception {
    assertThat(run("executor", "--seconds", "1", "--rate", "0.01")).isEqualTo(0);
    assertThat(text(out)).contains("executor: 1 requests served, 1 executors leaked");
  }

  @Test
  void anUnknownScenarioIsOneLineAndStatus2() throws Exception {
    assertThat(run("chanel")).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly(
            "sample-app: no scenario 'chanel'; there are: executor channel wait latch slow deadlock"
                + " stuck-shutdown backlog silent-schedule healthy pool hybrid stack executor-repaired"
                + " channel-repaired wait-repaired latch-repaired slow-repaired deadlock-repaired"
                + " stuck-shutdown-repaired backlog-repaired silent-schedule-repaired"
                + " channel-virtual wait-virtual latch-virtual deadlock-virtual"
                + " channel-virtual-repaired wait-virtual-repaired latch-virtual-repaired"
                + " deadlock-virtual-repaired");
  }

  @Test
  void aBadNumberIsOneLineAndStatus2() throws Exception {
    assertThat(run("channel", "--seconds", "soon")).isEqualTo(2);
    assertThat(run("channel", "--rate", "0")).isEqualTo(2);
    assertThat(run("channel", "--rate")).isEqualTo(2);
    assertThat(run("channel", "--rate", "NaN")).isEqualTo(2);
    assertThat(run("channel", "--seconds", "1.5")).isEqualTo(2);
    assertThat(run("channel", "--requests", "1e3")).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly(
            "sample-app: --seconds 'soon' is not a whole number from 1 to 86400",
            "sample-app: --rate '0' is not a number from 0.01 to 10000",
            "sample-app: --rate '' is not a number from 0.01 to 10000",
            "sample-app: --rate 'NaN' is not a number from 0.01 to 10000",
            "sample-app: --seconds '1.5' is not a whole number from 1 to 86400",
            "sample-app: --requests '1e3' is not a whole number from 1 to 1000000000");
  }

  @Test
  void aNumberOfRequestsAndAPaceDoNotGoTogether() throws Exception {
    assertThat(run("pool", "--requests", "5", "--rate", "5")).isEqualTo(2);
    assertThat(run("pool", "--requests", "none")).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly(
            "sample-app: --requests goes without --seconds and --rate",
            "sample-app: --requests 'none' is not a whole number from 1 to 1000000000");
  }

  @Test
  void anUnknownOptionIsOneLineAndStatus2() throws Exception {
    assertThat(run("channel", "--second", "5")).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly(
            "sample-app: unknown option '--second'; there are: --seconds N, --rate PER_SECOND,"
                + " --requests N");
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void aVirtualScenarioIsOneLineAndStatus2WhereThereAreNoVirtualThreads() throws Exception {
    assertThat(run("channel-virtual")).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly("sample-app: channel-virtual needs JDK 21 or newer; this is "
            + System.getProperty("java.version"));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aVirtualScenarioRunsWhereThereAreVirtualThreads() throws Exception {
    assertThat(run("channel-virtual", "--seconds", "1", "--rate", "5")).isEqualTo(0);
    assertThat(text(out)).contains("5 requests served, 5 virtual threads leaked");
  }

  private int run(String... args) throws Exception {
    return SampleApp.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String served(String name) {
    return text(out)
        .lines()
        .filter(line -> line.startsWith(name + ": 12 requests served"))
        .findAny()
        .orElseThrow();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
