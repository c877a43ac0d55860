package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.program.HelloWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU time of a whole process: of a program that prints a line and ends, and of the same that lives for some seconds, where
 * what the start has put off is paid as well. By the shell's {@code time}, so on Linux and the like only.
 */
final class StartUp implements Measurement {
  private static final double GOAL_MILLIS = 120;
  private static final int LIMIT_SECONDS = 120;
  private static final Pattern TIMES = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");
  private static final Pattern WARNING = Pattern.compile("VM warning:|^WARNING:|\\[warning\\]");

  /**
   * One run.
   *
   * @param cpuMillis user and system
   * @param warnings the lines in which the JVM itself warned
   */
  private record Run(double cpuMillis, List<String> warnings) {}

  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public String measure(Bench bench) throws IOException, InterruptedException {
    String life = "" + bench.options().either(5_000, 100);
    Map<Contestant, List<Run>> hello = runs(bench, bench.rounds(15), List.of());
    Map<Contestant, List<Run>> longer = runs(bench, Math.min(5, bench.rounds(5)), List.of(life));
    Table table = new Table(List.of(
        "",
        "hello world, CPU ms",
        "on top of an empty agent, ms",
        "goal",
        "the same that lives " + life + " ms, CPU ms",
        "on top of an empty agent, ms",
        "lines of warning by the JVM"));
    for (Contestant contestant : hello.keySet()) {
      Spread more = more(hello, contestant);
      table.add(List.of(
          contestant.title(),
          Spread.of(millis(hello, contestant)).cell(0),
          more.cell(0),
          contestant == Contestant.LEAKWATCH
              ? Goal.atMost(GOAL_MILLIS, " ms").cell(more.median())
              : "",
          longer.containsKey(contestant) ? Spread.of(millis(longer, contestant)).cell(0) : "died",
          longer.containsKey(contestant) ? more(longer, contestant).cell(0) : "",
          warnings(hello, longer, contestant)));
    }
    return table.toString();
  }

  private static Map<Contestant, List<Run>> runs(Bench bench, int rounds, List<String> arguments)
      throws IOException, InterruptedException {
    Map<Contestant, List<Run>> runs = new EnumMap<>(Contestant.class);
    List<Contestant> contestants = new ArrayList<>(bench.contestants().present());
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : List.copyOf(contestants)) {
        try {
          runs.computeIfAbsent(contestant, c -> new ArrayList<>())
              .add(run(bench, contestant, arguments));
        } catch (MeasurementFailed e) {
          if (!contestant.isAlternative()) {
            throw e;
          }
          System.err.println("overhead: " + e.getMessage() + "; the others go on without it");
          contestants.remove(contestant);
          runs.remove(contestant);
        }
      }
      Collections.reverse(contestants);
    }
    return runs;
  }

  private static Run run(Bench bench, Contestant contestant, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(bench.folder(), "hello-", ".txt");
    Path times = Files.createTempFile(bench.folder(), "times-", ".txt");
    List<String> command = new ArrayList<>(List.of(
        "bash", "-c", "TIMEFORMAT='cpu %3U %3S'; time \"$@\" > '" + output + "' 2>&1", "bash"));
    command.add(bench.jdk().tool("java"));
    command.addAll(bench.contestants().arguments(contestant));
    command.addAll(List.of("-cp", Bench.classPath(), HelloWorld.class.getName()));
    command.addAll(arguments);
    Process process = ForkedJvm.builder(command, bench.folder())
        .redirectError(times.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new MeasurementFailed("hello world with " + contestant.title()
            + (ended
                ? " ended with status " + process.exitValue()
                : " did not end within " + LIMIT_SECONDS + " s"));
      }
    } finally {
      ForkedJvm.kill(process);
    }
    Matcher cpu = TIMES.matcher(Files.readString(times));
    if (!cpu.find()) {
      throw new MeasurementFailed(
          "bash told no times: " + Files.readString(times).strip());
    }
    double seconds = Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2));
    List<String> warnings = Files.readAllLines(output).stream()
        .filter(line -> WARNING.matcher(line).find())
        .toList();
    return new Run(1_000 * seconds, warnings);
  }

  private static List<Double> millis(Map<Contestant, List<Run>> runs, Contestant contestant) {
    return runs.getOrDefault(contestant, List.of()).stream().map(Run::cpuMillis).toList();
  }

  /** Round by round. */
  private static Spread more(Map<Contestant, List<Run>> runs, Contestant contestant) {
    List<Double> own = millis(runs, contestant);
    List<Double> empty = millis(runs, Contestant.EMPTY);
    List<Double> more = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      more.add(own.get(i) - empty.get(i));
    }
    return Spread.of(more);
  }

  /** How many there were at most in a run; of Leakwatch, of which there must be none, what they say. */
  private static String warnings(
      Map<Contestant, List<Run>> hello, Map<Contestant, List<Run>> longer, Contestant contestant) {
    Collection<String> lines = new TreeSet<>();
    int most = 0;
    for (var runs : List.of(hello, longer)) {
      for (Run run : runs.getOrDefault(contestant, List.of())) {
        lines.addAll(run.warnings());
        most = Math.max(most, run.warnings().size());
      }
    }
    return contestant == Contestant.LEAKWATCH
        ? Goal.atMost(0, "").cell(most) + (most == 0 ? "" : " " + String.join("; ", lines))
        : String.format(Locale.ROOT, "%d", most);
  }
}
