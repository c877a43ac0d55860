package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be counted of what the agent costs, and so be asserted on any machine: what its hooks allocate, how large they are,
 * and how much is loaded before the application starts. Times are for {@code docs/overhead.md}.
 */
class HookCountsIT {
  private static final Path JMH_JAR = Path.of(System.getProperty("leakwatch.jmh.jar", ""));
  private static final String PROGRAMS = "io.leakwatch.benchmarks.cost.program.";

  /** HotSpot's {@code MaxInlineSize}: up to that a method is inlined also where it is called seldom. */
  private static final int INLINED_ALWAYS = 35;

  /** HotSpot's {@code FreqInlineSize}: a larger method is not inlined where it is called often. */
  private static final int INLINED_WHERE_HOT = 325;

  /**
   * What the agent may load before the application's main class, on top of a JVM without one: the JDK's classes that any
   * agent needs, and its own. It was 472 on JDK 17 and 454 on 25 when this was written; each costs a tenth to a
   * quarter of a millisecond of CPU time at that stage, and the goal for the whole start is 120 ms. (Byte Buddy's
   * {@code AgentBuilder} alone took about 1,040.)
   */
  private static final int MAX_CLASSES = 520;

  /** Bytes an event: the smallest object has 16. */
  private static final double HALF_AN_OBJECT = 8;

  private static final int TASKS = 5_000;

  /** Without those that hand over for each event: how often a thread waits then, for which the JDK allocates, is chance. */
  private static final List<String> WORKLOADS =
      List.of("POOL_1", "SUBMIT", "SCHEDULED", "TICK", "COMMON_POOL", "RUN_ASYNC", "SUPPLY_ASYNC");

  private static final List<String> VIRTUAL_WORKLOADS = List.of("VIRTUAL_EXECUTOR", "VIRTUAL_PARK");

  /** With less than two a CompletableFuture would start a thread for each task, and not use the pool. */
  private static final String COMMON_POOL =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

  private static final String ANSWER = "measured: ";

  /**
   * Interpreted, so that what is allocated is allocated, and not sometimes optimised away. Of a thousand new threads the stack
   * of one is kept, which makes a byte or two a thread.
   */
  @OnEveryJdk
  void anEventAllocatesNothing(JdkUnderTest jdk) {
    List<String> workloads = jdk.hasVirtualThreads()
        ? Stream.concat(WORKLOADS.stream(), VIRTUAL_WORKLOADS.stream()).toList()
        : WORKLOADS;
    Map<String, Double> without = bytesPerEvent(AgentJvm.on(jdk).withoutAgent(), workloads);
    Map<String, Double> with =
        bytesPerEvent(AgentJvm.on(jdk).withoutOptions().options("interval=720h"), workloads);
    assertThat(workloads)
        .allSatisfy(workload -> assertThat(bytes(with, workload) - bytes(without, workload))
            .as("%s: %s, without the agent %s", workload, with, without)
            .isLessThan(HALF_AN_OBJECT));
  }

  @Test
  void whatIsWovenIntoTheJdkIsSmallEnoughToBeInlinedEverywhere() {
    String jar = AgentJvm.AGENT_JAR.toString();
    for (String hooks : List.of("Hooks", "ScopeHooks")) {
      Map<String, Integer> sizes = sizes(jar, "io.leakwatch.bootstrap." + hooks);
      assertThat(sizes).hasSizeGreaterThan(15);
      assertThat(sizes)
          .allSatisfy((method, size) -> assertThat(size).as(method).isBetween(1, INLINED_ALWAYS));
    }
  }

  @Test
  void whatTheHooksCallIsSmallEnoughToBeInlinedWhereItIsHot(@TempDir Path folder)
      throws IOException {
    String classes = unpacked(folder);
    for (String listener :
        List.of("ThreadRegistry", "ExecutorRegistry", "TaskRegistry", "ScopeRegistry")) {
      Map<String, Integer> sizes = sizes(classes, "io.leakwatch.registry." + listener);
      sizes.keySet().removeIf(method -> !method.matches("public .*\\bon[A-Z]\\w*\\(.*"));
      assertThat(sizes).as(listener).isNotEmpty();
      assertThat(sizes)
          .allSatisfy(
              (method, size) -> assertThat(size).as(method).isBetween(1, INLINED_WHERE_HOT));
    }
  }

  @OnEveryJdk
  void fewClassesAreLoadedBeforeMain(JdkUnderTest jdk, @TempDir Path folder) throws IOException {
    long without =
        classesBeforeMain(AgentJvm.on(jdk).withoutAgent(), folder.resolve("without.log"));
    long with = classesBeforeMain(AgentJvm.on(jdk).withoutOptions(), folder.resolve("with.log"));
    assertThat(with - without).as("with %d, without %d", with, without).isBetween(50L, (long)
        MAX_CLASSES);
  }

  private static Map<String, Double> bytesPerEvent(AgentJvm jvm, List<String> workloads) {
    try (AgentProcess program = jvm.jvmArgs("-Xint", "-XX:ActiveProcessorCount=2", COMMON_POOL)
        .classPath(JMH_JAR)
        .mainNamed(PROGRAMS + "MeasuredProgram")) {
      Map<String, Double> bytes = new LinkedHashMap<>();
      int answers = 0;
      for (String workload : workloads) {
        // What is made once, and the first stacks of a class of tasks, are no steady state.
        bytesOf(program, workload, 1_000, answers++);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
          least = Math.min(least, bytesOf(program, workload, TASKS, answers++));
        }
        bytes.put(workload, (double) least / TASKS);
      }
      return bytes;
    }
  }

  private static double bytes(Map<String, Double> all, String workload) {
    return all.getOrDefault(workload, Double.NaN);
  }

  private static long bytesOf(AgentProcess program, String workload, int tasks, int before) {
    program.sendLine("tasks " + workload + " " + tasks);
    Awaitility.await()
        .atMost(AgentProcess.DEADLINE)
        .until(() -> answers(program).size() > before);
    return Long.parseLong(answers(program).get(before).split(" ", -1)[1]);
  }

  private static List<String> answers(AgentProcess program) {
    return program
        .stdout()
        .lines()
        .filter(line -> line.startsWith(ANSWER))
        .map(line -> line.substring(ANSWER.length()))
        .toList();
  }

  private static long classesBeforeMain(AgentJvm jvm, Path file) throws IOException {
    String main = PROGRAMS + "HelloWorld";
    try (AgentProcess program =
        jvm.jvmArgs("-Xlog:class+load:file=" + file).classPath(JMH_JAR).mainNamed(main)) {
      assertThat(program.awaitExit()).as(program::transcript).isZero();
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).anyMatch(line -> line.contains(main + " "));
      return lines.stream().takeWhile(line -> !line.contains(main + " ")).count();
    }
  }

  /** The bytes of bytecode of each method of a class that has any, by its declaration. */
  private static Map<String, Integer> sizes(String classPath, String name) {
    StringWriter out = new StringWriter();
    PrintWriter printed = new PrintWriter(out);
    int status = ToolProvider.findFirst("javap")
        .orElseThrow()
        .run(printed, printed, "-c", "-p", "-cp", classPath, name);
    assertThat(status).as(out.toString()).isZero();
    Pattern declaration = Pattern.compile("^  (\\S.*\\(.*\\).*);$");
    Pattern instruction = Pattern.compile("^ +(\\d+): (\\S+).*");
    Map<String, Integer> sizes = new LinkedHashMap<>();
    String method = "";
    for (String line : out.toString().lines().toList()) {
      Matcher declared = declaration.matcher(line);
      Matcher instructed = instruction.matcher(line);
      if (declared.matches()) {
        method = declared.group(1);
      } else if (instructed.matches()) {
        // The last one of a method is a return or a throw, of one byte, or a jump, of three.
        int length = instructed.group(2).equals("goto") ? 3 : 1;
        sizes.put(method, Integer.parseInt(instructed.group(1)) + length);
      }
    }
    return sizes;
  }

  /** The jar that has the agent's own classes. */
  private static String unpacked(Path folder) throws IOException {
    try (var jar = new JarFile(AgentJvm.AGENT_JAR.toFile());
        var in = jar.getInputStream(jar.getEntry("inst/agent.jar"))) {
      Path file = folder.resolve("agent.jar");
      Files.copy(in, file);
      return file.toString();
    }
  }
}
