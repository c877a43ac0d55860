package io.leakwatch.benchmarks.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that waits for work, with one of the agents. Killed on close. */
final class MeasuredJvm implements AutoCloseable {
  /** What some tasks took: CPU time of the Java threads in ns, and bytes. */
  record Cost(long nanos, long bytes) {}

  private final Process process;
  private final Writer to;
  private final BufferedReader from;

  /**
   * Starts it.
   *
   * @param prefix what to put before the command, such as {@code taskset -c 1}; may be empty
   * @param agent the {@code -javaagent} argument
   */
  MeasuredJvm(List<String> prefix, String agent) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(
        "-javaagent:" + agent,
        // The same on every machine, also on one CPU, where a CompletableFuture had a thread for
        // each.
        "-XX:ActiveProcessorCount=2",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism="
            + TaskWorkload.COMMON_POOL_THREADS,
        "-Djdk.virtualThreadScheduler.parallelism=1",
        "-XX:+UseSerialGC",
        "-Xms256m",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        MeasuredProgram.class.getName()));
    process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = process.inputReader(StandardCharsets.UTF_8);
  }

  Cost run(TaskWorkload workload, int tasks) {
    try {
      to.write(workload.name() + " " + tasks + "\n");
      to.flush();
      String answer = from.readLine();
      if (answer == null) {
        throw new IllegalStateException("the measured JVM has ended");
      }
      String[] words = answer.split(" ", 2);
      return new Cost(Long.parseLong(words[0]), Long.parseLong(words[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
