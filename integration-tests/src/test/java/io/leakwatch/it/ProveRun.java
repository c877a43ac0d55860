package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code prove}, run about a program. */
final class ProveRun implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAMED_BY_CORPUS = Pattern.compile("^\"([PAOIW]/[^\"]+)\"");

  private final AgentProcess process;
  private final Path json;

  private ProveRun(AgentProcess process, Path json) {
    this.process = process;
    this.json = json;
  }

  /** Proves about a running program without asking; the command runs on the oldest JDK. */
  static ProveRun of(AgentProcess app, String... options) {
    Path json = app.folder().resolve("proof.json");
    List<String> args = new ArrayList<>(List.of(Long.toString(app.pid()), "--yes"));
    args.addAll(List.of("--json", json.toString()));
    args.addAll(List.of(options));
    return new ProveRun(command(args.toArray(String[]::new)), json);
  }

  /** The command with some arguments. */
  static AgentProcess command(String... args) {
    List<String> all = new ArrayList<>(List.of("prove"));
    all.addAll(List.of(args));
    return AgentJvm.on(JdkUnderTest.all().get(0))
        .withoutAgent()
        .jar(AgentJvm.AGENT_JAR, all.toArray(String[]::new));
  }

  /** Its report, after it has worked. */
  JsonNode report() throws IOException {
    assertThat(process.awaitExit(Duration.ofMinutes(1))).as(process::transcript).isZero();
    return JSON.readTree(json.toFile());
  }

  /** What it has said for people. */
  String said() {
    return process.stdout();
  }

  /** The names of the platform threads of a JVM, as far as the corpus has named them. */
  static Set<String> namedByCorpus(JdkUnderTest jdk, long pid) {
    Set<String> names = new TreeSet<>();
    try (AgentProcess jcmd =
        AgentJvm.on(jdk).withoutAgent().tool("jcmd", Long.toString(pid), "Thread.print")) {
      assertThat(jcmd.awaitExit()).as(jcmd::transcript).isZero();
      for (String line : jcmd.stdout().lines().toList()) {
        Matcher matcher = NAMED_BY_CORPUS.matcher(line);
        if (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }

  @Override
  public void close() {
    process.close();
  }
}
