import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs tests of the JDK with the agent and without it, on the JDK that runs this, and tells where the results differ.
 *
 * <p>A difference is looked at again, up to {@value #TRIES} times and each time both ways: it counts when the results with
 * the agent are never among those without it. Tests that come out now this way and now that are told apart, by name.
 */
public final class CompareJdkTests {
  private static final int TRIES = 3;

  private final Path root;
  private final TestClasses classes;
  private final TestJvm without;
  private final TestJvm with;
  private final PrintStream out;
  private int runs;
  private int skipped;
  private int tests;
  private int passed;
  private int unsteady;
  private int different;

  private CompareJdkTests(
      Path root, TestClasses classes, TestJvm without, TestJvm with, PrintStream out) {
    this.root = root;
    this.classes = classes;
    this.without = without;
    this.with = with;
    this.out = out;
  }

  /**
   * Compares.
   *
   * @param args the folder {@code test} of the JDK's source, a folder to work in, the class path of the tests' libraries, the
   *     agent, seconds after which a test hangs, then folders and files below {@code test/jdk}
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    for (int i = 5; i < args.length; i++) {
      if (!Files.exists(root.resolve("jdk").resolve(args[i]))) {
        System.err.println("there is no " + args[i] + " below " + root.resolve("jdk"));
        System.exit(2);
      }
    }
    Path work = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    long patience = Long.parseLong(args[4]);
    String agent = args[3] + "=interval=500ms,warmup=1s,report-interval=5s,log=" + work.resolve("agent.log")
        + ",json=" + work.resolve("agent.json");
    CompareJdkTests compare = new CompareJdkTests(
        root,
        new TestClasses(root, work, args[2]),
        new TestJvm(root, work, args[2], "", patience),
        new TestJvm(root, work, args[2], agent, patience),
        System.out);
    for (int i = 5; i < args.length; i++) {
      compare.folder(root.resolve("jdk").resolve(args[i]));
    }
    compare.out.printf(
        "%nJDK %s: %d runs of JVMs each way (%d not run), %d tests, %d passed both ways, %d unsteady, %d different%n",
        Runtime.version(), compare.runs, compare.skipped, compare.tests, compare.passed, compare.unsteady,
        compare.different);
    System.exit(compare.different == 0 ? 0 : 1);
  }

  private void folder(Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      for (JdkTest test : JdkTest.of(root, file)) {
        compare(test);
      }
    }
  }

  private void compare(JdkTest test) throws Exception {
    if (!test.skipped().isEmpty()) {
      skipped++;
      out.println("NOT RUN    " + test.name() + ": " + test.skipped());
      return;
    }
    Path compiled;
    try {
      compiled = classes.of(test);
    } catch (IOException e) {
      skipped++;
      out.println("NOT RUN    " + test.name() + ": " + e.getMessage());
      return;
    }
    runs++;
    long begin = System.nanoTime();
    SortedMap<String, String> before = without.run(test, compiled);
    long between = System.nanoTime();
    SortedMap<String, String> after = with.run(test, compiled);
    long end = System.nanoTime();
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> differing = new ArrayList<>();
    int good = 0;
    for (String name : names) {
      String plain = before.getOrDefault(name, "none");
      if (!plain.equals(after.getOrDefault(name, "none"))) {
        differing.add(name);
      } else if (plain.equals("SUCCESSFUL") || plain.equals("exit 0")) {
        good++;
      }
    }
    tests += names.size();
    passed += good;
    out.printf("%s %s: %d of %d passed both ways, %d s and %d s%n",
        differing.isEmpty() ? "SAME      " : "DIFFERS   ", test.name(), good, names.size(),
        (between - begin) / 1_000_000_000, (end - between) / 1_000_000_000);
    if (!differing.isEmpty()) {
      lookAgain(test, compiled, differing, before, after);
    }
    out.flush();
  }

  private void lookAgain(JdkTest test, Path compiled, List<String> differing,
      SortedMap<String, String> before, SortedMap<String, String> after) throws Exception {
    List<SortedMap<String, String>> plain = new ArrayList<>(List.of(before));
    List<SortedMap<String, String>> watched = new ArrayList<>(List.of(after));
    for (int i = 0; i < TRIES && !differing.stream().allMatch(name -> meet(name, plain, watched)); i++) {
      plain.add(without.run(test, compiled));
      watched.add(with.run(test, compiled));
    }
    for (String name : differing) {
      boolean meets = meet(name, plain, watched);
      if (meets) {
        unsteady++;
      } else {
        different++;
      }
      out.printf("  %s %s: without %s, with %s%n",
          meets ? "unsteady " : "DIFFERENT", name, outcomes(name, plain), outcomes(name, watched));
    }
  }

  private static boolean meet(
      String name, List<SortedMap<String, String>> plain, List<SortedMap<String, String>> watched) {
    return outcomes(name, watched).stream().anyMatch(outcomes(name, plain)::contains);
  }

  private static List<String> outcomes(String name, List<SortedMap<String, String>> runs) {
    return runs.stream().map(run -> run.getOrDefault(name, "none")).toList();
  }
}
