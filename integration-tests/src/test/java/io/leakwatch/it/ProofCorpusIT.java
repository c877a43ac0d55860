package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.proof.Corpus;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of leak is proven, and no look-alike is: by process id, without an agent. Here on the collector that each JDK
 * takes by itself; {@code -Dleakwatch.proof=all} adds every collector, and dumps of live objects only.
 */
class ProofCorpusIT {
  private static final Map<Character, String> EXPECTED =
      Map.of('P', "PROVEN", 'O', "ORPHAN_LOCK", 'I', "INTERRUPTIBLE", 'W', "WEAK");

  @ParameterizedTest(name = "{0}, {1}, {2} {3}")
  @MethodSource("runs")
  void whatIsStuckIsProvenAndNothingElseIs(
      JdkUnderTest jdk, String threads, String collector, String live) throws IOException {
    try (AgentProcess app =
        AgentJvm.on(jdk).withoutAgent().jvmArgs(collector).main(Corpus.class, threads)) {
      app.awaitLine("made");
      Set<String> made =
          threads.equals("platform") ? ProveRun.namedByCorpus(jdk, app.pid()) : Set.of();
      List<String> options = new ArrayList<>(List.of("--min-age", "1s", "--all-threads"));
      if (threads.equals("virtual")) {
        options.add("--twice");
      }
      if (!live.isEmpty()) {
        options.add(live);
      }
      try (ProveRun prove = ProveRun.of(app, options.toArray(String[]::new))) {
        check(prove.report(), made);
      }
    }
  }

  private static void check(JsonNode report, Set<String> made) {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JsonNode finding : report.get("findings")) {
      assertThat(finding.get("confirmed").asBoolean())
          .as(finding::toPrettyString)
          .isTrue();
      finding
          .get("threadNames")
          .forEach(name -> found
              .computeIfAbsent(name.asText(), k -> new TreeSet<>())
              .add(finding.get("proof").asText()));
    }
    found.forEach((name, levels) -> assertThat(levels)
        .as(name)
        .containsExactly(EXPECTED.getOrDefault(name.charAt(0), "none, for it can be woken")));
    if (made.isEmpty()) {
      // Virtual threads of pools that nobody has are collected together with them.
      assertThat(kinds(found.keySet())).hasSizeGreaterThanOrEqualTo(55);
      return;
    }
    Set<String> stuck = made.stream()
        .filter(name -> name.charAt(0) != 'A')
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(stuck);
    assertThat(kinds(stuck)).hasSizeGreaterThanOrEqualTo(60);
    assertThat(kinds(made).stream().filter(kind -> kind.startsWith("A/")))
        .hasSizeGreaterThanOrEqualTo(70);
  }

  private static Set<String> kinds(Set<String> names) {
    return names.stream()
        .map(name -> name.substring(0, name.lastIndexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Stream<Arguments> runs() {
    boolean all = System.getProperty("leakwatch.proof", "").equals("all");
    List<String> collectors = all
        ? List.of("-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseZGC")
        : List.of("-XX:+UseG1GC");
    List<String> lives = all ? List.of("", "--live") : List.of("");
    return JdkUnderTest.all().stream()
        .flatMap(jdk -> Stream.of("platform", "virtual")
            .filter(kind -> kind.equals("platform") || jdk.hasVirtualThreads())
            .flatMap(kind -> collectors.stream()
                .flatMap(gc -> lives.stream().map(live -> Arguments.of(jdk, kind, gc, live)))));
  }
}
