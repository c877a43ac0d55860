package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.cost.program.MeasuredProgram;
import io.leakwatch.benchmarks.cost.program.TaskWorkload;
import io.leakwatch.jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where something is measured.
 *
 * @param folder the working folder of what is measured, deleted afterwards
 */
record Bench(Jdk jdk, Options options, Contestants contestants, Path folder) {
  /** The pairs of JVMs, or however many there are in a set. */
  int rounds(int full) {
    return options.number("--rounds", full, 1);
  }

  /** A JVM with a contestant, as small as most measurements need it. */
  ForkedJvm start(Contestant contestant, boolean pinned) throws IOException {
    return start(contestant, contestants.arguments(contestant), pinned, 256);
  }

  /**
   * A JVM.
   *
   * @param arguments what is special about it
   * @param pinned whether it may use one CPU only
   * @param heapMegabytes both the least and the most of its heap
   */
  ForkedJvm start(Contestant contestant, List<String> arguments, boolean pinned, int heapMegabytes)
      throws IOException {
    List<String> command = new ArrayList<>(pinned ? pin() : List.of());
    command.add(jdk.tool("java"));
    command.addAll(arguments);
    command.addAll(List.of(
        // The same on every machine, also on one CPU, where a CompletableFuture had a thread for
        // each.
        "-XX:ActiveProcessorCount=2",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism="
            + TaskWorkload.COMMON_POOL_THREADS,
        "-Djdk.virtualThreadScheduler.parallelism=1",
        "-XX:+UseSerialGC",
        // Or three full collections of four leave what is dead where moving the rest is not worth
        // it, and that counts as used.
        "-XX:MarkSweepAlwaysCompactCount=1",
        "-Xms" + heapMegabytes + "m",
        "-Xmx" + heapMegabytes + "m",
        "-cp",
        classPath(),
        MeasuredProgram.class.getName()));
    return ForkedJvm.start(contestant.title(), command, folder);
  }

  /** The class path of this JVM, for one with another working folder. */
  static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Whether {@link #start} can pin. */
  boolean pins() {
    return !pin().isEmpty();
  }

  private List<String> pin() {
    String cpu = options.text("--cpu", "none");
    return cpu.equals("none") ? List.of() : List.of("taskset", "-c", cpu);
  }
}
