package io.leakwatch.leakbench;

import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The benchmark's command line; without arguments it says what it takes.
 *
 * <p>Exit status: 0 when it did what was asked, whatever the score; 2 when the arguments are wrong.
 */
public final class Leakbench {
  private static final String USAGE = """
      java -jar leakbench.jar COMMAND [OPTIONS], in the project's root

        list     the programs
        all      runs the programs without the agent (watch) and with it (run), and writes the page (score)
        watch    runs them without the agent: what really grows, and what a naive watcher says
        run      runs them with the agent
        score    prints the table of what was run, and writes it into the page if --page is given

        --cases p*,v01   only these        --variant leaky|clean     only this
        --jdk 17,25      on these JDKs     --repetitions N  (1)      --jobs N  (2) at a time
        --seconds N      (25)              --slower N  (1) a run takes so many times as long, with as many requests
        --agent JAR      --options OPTIONS of the agent  (interval=1s,warmup=5s)
        --results DIR    --page FILE       --section NAME  of the page, between its two comments  (results)
      """;

  private static final int MAX_ATTEMPTS = 3;

  private final Path home;
  private final Options options;
  private final List<LeakCase> cases;
  private final List<Jdk> jdks = Jdk.onThisMachine();
  private final CompiledCases programs;

  private Leakbench(Options options) {
    this.options = options;
    home =
        Files.isDirectory(Path.of("cases")) ? Path.of("") : Path.of("integration-tests/leakbench");
    cases = LeakCase.readAll(home.resolve("cases"));
    programs = new CompiledCases(home.resolve("cases"), home.resolve("target/work"), jdks);
  }

  /** Does what the first argument says, and exits. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    if (arguments.isEmpty()) {
      System.out.print(USAGE);
      System.exit(2);
    }
    try {
      Leakbench leakbench = new Leakbench(new Options(arguments.subList(1, arguments.size())));
      leakbench.execute(arguments.get(0));
    } catch (IllegalArgumentException e) {
      System.err.println("leakbench: " + e.getMessage());
      System.exit(2);
    }
  }

  private void execute(String command) throws Exception {
    switch (command) {
      case "list" -> list();
      case "watch" -> runAll(true);
      case "run" -> runAll(false);
      case "score" -> score();
      case "all" -> {
        runAll(true);
        runAll(false);
        score();
      }
      default -> throw new IllegalArgumentException("no such command: " + command);
    }
  }

  private void list() {
    for (LeakCase leakCase : options.wanted(cases)) {
      System.out.printf(
          "%s  %-8s  %-28s  %s%n",
          leakCase.id(), leakCase.kind(), leakCase.taxonomy(), leakCase.title());
    }
  }

  private void runAll(boolean watch) throws Exception {
    List<LeakCase> wanted = options.wanted(cases);
    programs.prepare(wanted);
    int slower = options.number("slower", 1);
    String agent =
        options.get("agent", home.resolve("../../agent/target/leakwatch.jar").toString());
    if (!watch && !Files.exists(Path.of(agent))) {
      throw new IllegalArgumentException("no agent at " + agent);
    }
    RunSettings settings = new RunSettings(
        slower * Double.parseDouble(options.get("seconds", "25")),
        slower,
        watch ? null : Path.of(agent).normalize(),
        options.get("options", "interval=1s,warmup=5s"),
        results(watch));
    int repetitions = watch ? 1 : options.number("repetitions", 1);
    List<Callable<String>> runs = new ArrayList<>();
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      for (LeakCase leakCase : wanted) {
        for (Jdk jdk : options.jdks(jdks)) {
          for (Variant variant : leakCase.variants()) {
            if (jdk.feature() >= leakCase.jdk() && options.wants(variant)) {
              Run run = new Run(leakCase.id(), variant, jdk.feature(), repetition);
              runs.add(() -> {
                execute(run, leakCase, jdk, settings);
                return describe(run, leakCase, settings);
              });
            }
          }
        }
      }
    }
    inParallel(runs);
  }

  /** Once more, twice at most, when the machine had no time for it. */
  private void execute(Run run, LeakCase leakCase, Jdk jdk, RunSettings settings)
      throws IOException {
    int attempts = 0;
    do {
      run.execute(leakCase, jdk, programs, settings);
      attempts++;
    } while (attempts < MAX_ATTEMPTS && Pace.of(run, settings.results()).isStarved());
  }

  private void inParallel(List<Callable<String>> runs) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(options.number("jobs", 2));
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (Callable<String> run : runs) {
        ends.add(pool.submit(() -> {
          String said = run.call();
          System.out.println(said);
          return said;
        }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static String describe(Run run, LeakCase leakCase, RunSettings settings)
      throws IOException {
    Path results = settings.results();
    if (settings.agent() == null) {
      Growth growth = Growth.of(run, results, leakCase);
      return run + (growth.isAsSaid(leakCase, run.variant()) ? " " : " NOT AS SAID ") + growth;
    }
    Verdict verdict = Verdict.of(run, results);
    String right = run.variant() == Variant.CLEAN || !verdict.reported()
        ? ""
        : verdict.firstSuspectIsAmong(leakCase.rightSites())
            ? " at the right line"
            : " at the WRONG line";
    String starved = Pace.of(run, results).isStarved() ? " STARVED" : "";
    return run + (verdict.reported() ? " reported" : " nothing") + right + starved + " "
        + verdict.suspects().stream().limit(1).toList() + " " + verdict.failure();
  }

  private void score() throws IOException {
    List<Score.Entry> entries = new ArrayList<>();
    for (LeakCase leakCase : cases) {
      for (Run run : runsOf(leakCase, results(false))) {
        entries.add(new Score.Entry(
            leakCase, run, Verdict.of(run, results(false)), Pace.of(run, results(false))));
      }
    }
    List<NaiveScore.Entry> watched = new ArrayList<>();
    for (LeakCase leakCase : cases) {
      for (Run run : runsOf(leakCase, results(true))) {
        watched.add(new NaiveScore.Entry(leakCase, run, Growth.of(run, results(true), leakCase)));
      }
    }
    Page page = new Page(cases, new Score(entries), new NaiveScore(watched));
    String text = page.text();
    System.out.print(text);
    String file = options.get("page");
    if (file != null) {
      Path path = Path.of(file);
      Files.writeString(
          path, Page.replaceIn(Files.readString(path), options.get("section", "results"), text));
    }
  }

  private static List<Run> runsOf(LeakCase leakCase, Path results) {
    return Files.isDirectory(results)
        ? Run.in(results).stream()
            .filter(run -> run.caseId().equals(leakCase.id()))
            .sorted(Comparator.comparingInt(Run::jdk))
            .toList()
        : List.of();
  }

  private Path results(boolean watch) {
    Path results = Path.of(options.get("results", home.resolve("target/results").toString()));
    return results.resolve(watch ? "watch" : "agent");
  }
}
