package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.proof.BusyServer;
import com.acme.proof.CompiledHolders;
import com.acme.proof.Corpus;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The command {@code prove}: what it must not prove, what it asks, and what it leaves behind. */
class ProveIT {
  /** Dumps of a busy server; all of them by {@code -Dleakwatch.proof=all}. */
  private static final int DUMPS = System.getProperty("leakwatch.proof", "").equals("all") ? 20 : 3;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  /** Threads on their way to run look stuck in the dump; that they ran shows they are not. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("kinds")
  void nothingIsProvenOfABusyServerWithoutALeak(JdkUnderTest jdk, String threads)
      throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(BusyServer.class, threads)) {
      app.awaitLine("made");
      for (int i = 0; i < DUMPS; i++) {
        String twice = threads.equals("virtual") ? "--twice" : "--all-threads";
        try (ProveRun prove = ProveRun.of(app, "--min-age", "0s", twice)) {
          JsonNode report = prove.report();
          for (JsonNode finding : report.get("findings")) {
            assertThat(finding.get("verdict").asText())
                .as(finding::toPrettyString)
                .isNotEqualTo("PROVEN");
          }
        }
      }
    }
  }

  /** The one reference to the latch is in an object that compiled code never makes: the thread's age tells it from a leak. */
  @OnJdksWithVirtualThreads // JDK 17 makes the object after all.
  void aLatchInAnObjectThatIsNeverMadeIsNotProvenToBeLeaked(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(CompiledHolders.class, "scalar")) {
      app.awaitLine("made");
      Awaitility.await(
              "without an age the wrong proof is seen, so that the age is what prevents it")
          .atMost(AgentProcess.DEADLINE)
          .until(() -> proves(app, "0s", "woken-later"));
      assertThat(proves(app, "3s", "woken-later")).isFalse();
    }
  }

  /** Who holds the monitor does not show in the dump: then nothing is said of those that wait for it. */
  @OnEveryJdk
  void aMonitorOfCompiledCodeIsNotProvenToBeLeaked(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app =
        AgentJvm.on(jdk).withoutAgent().main(CompiledHolders.class, "monitor")) {
      app.awaitLine("made");
      assertThat(proves(app, "0s", "woken-later")).isFalse();
      assertThat(proves(app, "0s", "woken-later")).isFalse();
    }
  }

  @OnEveryJdk
  void saysOfAFileWhatIsUnconfirmedAndWhatKeepsAThread(JdkUnderTest jdk) throws IOException {
    Path dump = folder.resolve("corpus.hprof");
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(Corpus.class, "platform")) {
      app.awaitLine("made");
      try (AgentProcess jcmd = AgentJvm.on(jdk)
          .withoutAgent()
          .tool("jcmd", Long.toString(app.pid()), "GC.heap_dump", dump.toString())) {
        assertThat(jcmd.awaitExit()).as(jcmd::transcript).isZero();
      }
    }
    try (AgentProcess prove = ProveRun.command(dump.toString(), "--why", "A/static-map-value/0")) {
      assertThat(prove.awaitExit()).as(prove::transcript).isZero();
      assertThat(prove.stdout())
          .contains("LEAK PROVEN     thread that never runs again (unconfirmed)")
          .contains("idle worker, no timeout")
          .contains("A/static-map-value/0 is not proven to be stuck: what it waits for,")
          .containsPattern("static com\\.acme\\.proof\\.Holder\\$Kept\\.ALL -> ");
    }
    Path json = folder.resolve("proof.json");
    try (AgentProcess prove = ProveRun.command(
        dump.toString(),
        "--why",
        "A/static-map-value/0",
        "--redact",
        "com.acme.*;?/*",
        "--json",
        json.toString())) {
      assertThat(prove.awaitExit()).as(prove::transcript).isZero();
      assertThat(prove.stdout() + Files.readString(json))
          .contains("[redacted] is not proven to be stuck: what it waits for,")
          .contains("LEAK PROVEN     thread that never runs again (unconfirmed)")
          .doesNotContain("com.acme", "/static-map-value/");
    }
  }

  @OnEveryJdk
  void leavesNothingBehindWhenItIsToldToEnd(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(Corpus.class, "platform")) {
      app.awaitLine("made");
      try (AgentProcess prove = ProveRun.command(
          Long.toString(app.pid()), "--yes", "--twice", "--min-age", "1h", "--dir", "" + folder)) {
        prove.awaitLine("watching for");
        assertThat(files()).isNotEmpty();
        prove.terminate();
        prove.awaitExit();
      }
      assertThat(files()).isEmpty();
    }
  }

  @OnEveryJdk
  void doesNothingUnlessSomebodyAgrees(JdkUnderTest jdk) throws IOException {
    try (AgentProcess app = AgentJvm.on(jdk).withoutAgent().main(Corpus.class, "platform")) {
      app.awaitLine("made");
      try (AgentProcess prove = ProveRun.command("" + app.pid(), "--dir", "" + folder)) {
        prove.awaitLine("will stand still for");
        prove.sendLine("no");
        assertThat(prove.awaitExit()).as(prove::transcript).isEqualTo(1);
        assertThat(prove.stderr()).contains("leakwatch: nothing was done");
      }
      assertThat(files()).isEmpty();
    }
  }

  static Stream<Arguments> kinds() {
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> Stream.of("platform", "virtual")
            .filter(kind -> kind.equals("platform") || jdk.hasVirtualThreads())
            .map(kind -> Arguments.of(jdk, kind)));
  }

  private static boolean proves(AgentProcess app, String age, String thread) throws IOException {
    try (ProveRun prove = ProveRun.of(app, "--min-age", age, "--all-threads")) {
      for (JsonNode finding : prove.report().get("findings")) {
        for (JsonNode name : finding.get("threadNames")) {
          if (name.asText().equals(thread) && finding.get("verdict").asText().equals("PROVEN")) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList().stream();
    }
  }
}
