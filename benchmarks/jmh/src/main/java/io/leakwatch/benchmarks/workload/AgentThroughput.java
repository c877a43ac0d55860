package io.leakwatch.benchmarks.workload;

import io.leakwatch.benchmarks.Spread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a second of the sample application's healthy workloads with and without the agent, each run in a JVM of its own,
 * in pairs whose order changes: {@code java -cp jmh.jar io.leakwatch.benchmarks.workload.AgentThroughput [PAIRS]}, from the
 * root of the project, on the JDK that runs it.
 */
public final class AgentThroughput {
  private static final Path AGENT = Path.of("agent/target/leakwatch.jar");
  private static final Path SAMPLE_APP = Path.of("sample-app/target/sample-app.jar");
  private static final Pattern RATE = Pattern.compile("in [\\d.]+ s, ([\\d.]+) requests/s");

  /** A workload and as many requests as take some seconds. */
  private enum Workload {
    STACK(8_000),
    HYBRID(5_000),
    POOL(10_000);

    private final int requests;

    Workload(int requests) {
      this.requests = requests;
    }

    String argument() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private AgentThroughput() {}

  /** Prints a table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    System.out.printf(
        "JDK %s, %d pairs of JVMs: median (least to most)%n%n", Runtime.version(), pairs);
    System.out.printf(
        "| workload | requests/s without | with the agent | with / without |%n|---|---|---|---|%n");
    for (Workload workload : Workload.values()) {
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int pair = 0; pair < pairs; pair++) {
        boolean agentFirst = pair % 2 == 1;
        double first = requestsPerSecond(workload, agentFirst);
        double second = requestsPerSecond(workload, !agentFirst);
        double withAgent = agentFirst ? first : second;
        double withoutAgent = agentFirst ? second : first;
        with.add(withAgent);
        without.add(withoutAgent);
        ratios.add(withAgent / withoutAgent);
      }
      System.out.printf(
          "| `%s` | %s | %s | %s |%n",
          workload.argument(),
          Spread.of(without).cell(0),
          Spread.of(with).cell(0),
          Spread.of(ratios).cell(3));
    }
  }

  private static double requestsPerSecond(Workload workload, boolean withAgent)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (withAgent) {
      command.add("-javaagent:" + AGENT + "=interval=1s,warmup=2s");
    }
    command.addAll(List.of("-jar", SAMPLE_APP.toString(), workload.argument(), "--requests"));
    command.add(Integer.toString(workload.requests));
    Path output = Files.createTempFile("throughput", ".txt");
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      int status = process.waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Matcher rate = RATE.matcher(text);
      if (status != 0 || !rate.find() || text.contains("LEAK ")) {
        throw new IllegalStateException(command + " ended with " + status + "\n" + text);
      }
      return Double.parseDouble(rate.group(1));
    } finally {
      Files.delete(output);
    }
  }
}
