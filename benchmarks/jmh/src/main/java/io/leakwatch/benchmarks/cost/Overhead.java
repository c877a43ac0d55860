package io.leakwatch.benchmarks.cost;

import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the agent costs, against no agent, an empty one, and what a user would take instead; without arguments it
 * says what it takes.
 *
 * <p>Exit status: 0 when everything was measured, whatever came out; 1 when something could not be, which is said in one line
 * and leaves the rest alone; 2 when the arguments are wrong.
 */
public final class Overhead {
  private static final String USAGE = """
      java -cp benchmarks/jmh/target/jmh.jar io.leakwatch.benchmarks.cost.Overhead all|SECTION,SECTION [OPTIONS]

        tasks      what a task or a thread costs       start-up   CPU time of hello world
        heap       bytes of a live virtual thread      idle       CPU and heap of the agent when nothing happens
        million    samples of 1,000,000 threads        report     a report of 100,000 leaked threads
        scale      over the number of threads, sites   server     throughput and latency under load

        --jdk 17,25            on these JDKs, of those that are installed (all)
        --page docs/overhead.md   writes the tables into that page, and charts beside it
        --quick                everything as short as can be: shows that it runs, not what it costs
        --cpu N                pins what hands over between threads to that CPU, by taskset (none)
        --agent JAR            (agent/target/leakwatch.jar)   --agent-options OPTIONS
        --other-agents FOLDER  (benchmarks/jmh/target/agents)
        --rounds N   --rows POOL_1,VIRTUAL_THREAD   --slices N   --slice-millis N   --warmup-millis N
      """;

  private final Options options;
  private final Path folder;
  private final List<Measurement> measurements;
  private final @Nullable OverheadPage page;
  private boolean failed;

  private Overhead(Options options, Path folder) {
    this.options = options;
    this.folder = folder;
    String file = options.text("--page", "");
    page = file.isEmpty() ? null : new OverheadPage(Path.of(file));
    Path plots = file.isEmpty() ? folder : Path.of(file).toAbsolutePath().resolveSibling("");
    measurements = List.of(
        new TaskCosts(),
        new StartUp(),
        new HeapPerThread(),
        new IdleAgent(),
        new MillionThreads(),
        new LeakReportCost(),
        new ScaleCurves(plots),
        new ServerCosts());
  }

  /** Does what the arguments say, and exits. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      System.out.print(USAGE);
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("overhead-");
    int status;
    try {
      Overhead overhead = new Overhead(new Options(List.of(args).subList(1, args.length)), folder);
      status = overhead.measure(args[0]) ? 0 : 1;
    } catch (IllegalArgumentException e) {
      System.err.println("overhead: " + e.getMessage());
      status = 2;
    } finally {
      delete(folder);
    }
    System.exit(status);
  }

  /** Whether everything could be measured. */
  private boolean measure(String sections) throws IOException, InterruptedException {
    Path agent = Path.of(options.text("--agent", "agent/target/leakwatch.jar"));
    if (!Files.isRegularFile(agent)) {
      throw new IllegalArgumentException("no agent at " + agent);
    }
    Contestants contestants = new Contestants(
        agent,
        options.text("--agent-options", ""),
        Path.of(options.text("--other-agents", "benchmarks/jmh/target/agents")),
        folder);
    for (Contestant contestant : Contestant.values()) {
      if (!contestants.present().contains(contestant)) {
        System.err.println("overhead: " + contestant.title() + " does not take part, it is not in"
            + " the folder of the other agents; mvn -Pother-agents package brings it");
      }
    }
    List<Measurement> wanted = wanted(sections);
    List<Jdk> jdks = Jdk.named(options.text("--jdk", ""), Jdk.onThisMachine());
    for (Jdk jdk : jdks) {
      for (Measurement measurement : wanted) {
        if (page != null && measurement.isFor(jdk)) {
          page.require(section(measurement, jdk));
        }
      }
    }
    for (Jdk jdk : jdks) {
      for (Measurement measurement : wanted) {
        if (measurement.isFor(jdk)) {
          measure(measurement, new Bench(jdk, options, contestants, folder));
        }
      }
    }
    return !failed;
  }

  private List<Measurement> wanted(String sections) {
    if (sections.equals("all")) {
      return measurements;
    }
    List<String> names = List.of(sections.split(",", -1));
    List<String> known = measurements.stream().map(Measurement::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(name + " is none of all, " + String.join(", ", known));
      }
    }
    return measurements.stream().filter(m -> names.contains(m.name())).toList();
  }

  /** What was measured so far is written already, whatever becomes of this. */
  private void measure(Measurement measurement, Bench bench) throws InterruptedException {
    String what = measurement.name() + " on JDK " + bench.jdk().version();
    System.err.println("overhead: " + what);
    try {
      String conditions = Conditions.line(bench);
      long begin = System.nanoTime();
      String figures = measurement.measure(bench);
      String text = conditions
          + ", took "
          + Duration.ofNanos(System.nanoTime() - begin).toSeconds()
          + " s.\n\n"
          + figures;
      System.out.println("## " + what + "\n\n" + text);
      if (page != null) {
        page.write(section(measurement, bench.jdk()), text);
      }
    } catch (MeasurementFailed | IOException | UncheckedIOException e) {
      failed = true;
      System.err.println("overhead: " + what + " could not be measured: " + e.getMessage());
    }
  }

  /** What the page calls it. */
  private static String section(Measurement measurement, Jdk jdk) {
    return measurement.name() + "-" + jdk.feature();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
        if (!file.delete()) {
          file.deleteOnExit();
        }
      });
    } catch (IOException e) {
      System.err.println("overhead: cannot delete " + folder + ": " + e.getMessage());
    }
  }
}
