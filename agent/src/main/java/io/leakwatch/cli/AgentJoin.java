package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.config.NamePattern;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.finding.Verdict;
import io.leakwatch.prove.AccountJoin;
import io.leakwatch.text.JsonReader;
import io.leakwatch.text.NumberRanges;
import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent runs in a JVM that something was proven of: tells it what was, and adds to the proof what it knows. A proof is
 * as good without; whatever stands in the way is said in one line.
 */
final class AgentJoin {
  private final String jar;
  private final String version;
  private final Patience patience;
  private final PrintStream err;

  /**
   * Joins.
   *
   * @param jar absolute path of this command line's jar
   * @param version of this command line
   */
  AgentJoin(String jar, String version, Patience patience, PrintStream err) {
    this.jar = jar;
    this.version = version;
    this.patience = patience;
    this.err = err;
  }

  /**
   * The report with what the agent knows; as it is when there is no agent, or none that answers.
   *
   * @param folder both this process and that JVM may use it
   */
  ProofReport join(AttachedJvm jvm, long pid, ProofReport report, DumpFolder folder) {
    try {
      RunningAgent agent = agent(jvm);
      if (agent == null) {
        return report;
      }
      Path file = folder.file("proof.txt");
      message(report).write(file);
      folder.giveTo(pid, file);
      return AccountJoin.join(report, origins(ask(agent, AgentProperties.PROOF + ":" + file)));
    } catch (AttachFailedException | IOException | IllegalArgumentException e) {
      return without(pid, report, PlainText.of(String.valueOf(e.getMessage())));
    } catch (TimeoutException e) {
      return without(pid, report, "no answer within " + patience.inWords());
    }
  }

  /**
   * Of virtual threads that are blocked at monitors, by number, the number of the thread that holds it. Only an agent can say; empty
   * where there is none, or it does not know.
   */
  Map<Long, Long> monitorOwners(AttachedJvm jvm) {
    Map<Long, Long> owners = new HashMap<>();
    try {
      RunningAgent agent = agent(jvm);
      if (agent != null) {
        for (String line : ask(agent, AgentProperties.MONITORS).lines().toList()) {
          int space = line.indexOf(' ');
          owners.put(
              Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
        }
      }
      return owners;
    } catch (AttachFailedException | TimeoutException | RuntimeException e) {
      // Nothing is proven of these threads then. The join, which asks again, says what is wrong.
      return Map.of();
    }
  }

  /** What the agent's own reports redact, and so a proof about its JVM does; empty where there is none. */
  List<NamePattern> redacted(AttachedJvm jvm) throws AttachFailedException {
    return NamePattern.listOf(jvm.agentProperties().getProperty(AgentProperties.REDACT, ""));
  }

  private @Nullable RunningAgent agent(AttachedJvm jvm)
      throws AttachFailedException, TimeoutException {
    Properties properties = await(jvm::agentProperties);
    String running = properties.getProperty(AgentProperties.VERSION);
    if (running == null) {
      return null;
    } else if (!running.equals(version)) {
      throw new AttachFailedException(
          "Leakwatch " + PlainText.of(running) + " runs there, and this is " + version);
    }
    return new RunningAgent(jvm, properties, jar);
  }

  private String ask(RunningAgent agent, String wanted)
      throws AttachFailedException, TimeoutException {
    String answer = await(() -> agent.ask(wanted));
    String text = answer.substring(answer.indexOf('\n') + 1);
    if (!answer.startsWith(AgentProperties.OK + "\n")) {
      throw new AttachFailedException(text);
    }
    return text;
  }

  private ProofReport without(long pid, ProofReport report, String reason) {
    err.println("leakwatch: what the agent in JVM " + pid
        + " knows is left out, and it does not learn of this proof: " + reason);
    return report;
  }

  private <T> T await(Callable<T> work) throws AttachFailedException, TimeoutException {
    return patience.await(work, () -> {});
  }

  /** Proven is what is certain; of the rest the agent is asked what it knows. */
  private static ProofMessage message(ProofReport report) {
    return new ProofMessage(
        report.time(),
        report.settledPlatform(),
        report.settledVirtual(),
        threads(report, found -> found.tracked().verdict() == Verdict.PROVEN),
        threads(report, found -> true));
  }

  private static List<Long> threads(ProofReport report, Predicate<ProvenFinding> which) {
    return report.findings().stream()
        .filter(which)
        .flatMap(found -> found.threads().stream())
        .sorted()
        .distinct()
        .toList();
  }

  /** What the agent has written; see {@code OriginsJson}. */
  static List<ThreadOrigin> origins(String json) {
    List<ThreadOrigin> origins = new ArrayList<>();
    if (JsonReader.read(json) instanceof Map<?, ?> answer
        && answer.get("origins") instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> origin
            && origin.get("threads") instanceof String threads
            && origin.get("ageSeconds") instanceof Double age) {
          origins.add(new ThreadOrigin(
              NumberRanges.parse(threads, ProofMessage.MOST),
              Duration.ofSeconds(age.longValue()),
              strings(origin.get("suspects")),
              strings(origin.get("createdAt")),
              executor(origin.get("executor")),
              strings(origin.get("fingerprints"))));
        }
      }
    }
    return origins;
  }

  private static ThreadOrigin.@Nullable Executor executor(@Nullable Object json) {
    return json instanceof Map<?, ?> executor && executor.get("noun") instanceof String noun
        ? new ThreadOrigin.Executor(
            noun, strings(executor.get("suspects")), strings(executor.get("createdAt")))
        : null;
  }

  private static List<String> strings(@Nullable Object json) {
    Stream<?> values = json instanceof List<?> list ? list.stream() : Stream.of();
    return values.map(String::valueOf).toList();
  }
}
