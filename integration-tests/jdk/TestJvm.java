import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs one test in a JVM of its own, with the agent or without. */
final class TestJvm {
  private final Path root;
  private final Path work;
  private final String jars;
  private final String agent;
  private final long patienceSeconds;

  /**
   * A runner.
   *
   * @param jars the class path of JUnit, TestNG and {@link PlatformRun}
   * @param agent the argument behind {@code -javaagent:}; empty for none
   * @param patienceSeconds after which a run counts as hanging
   */
  TestJvm(Path root, Path work, String jars, String agent, long patienceSeconds) {
    this.root = root;
    this.work = work;
    this.jars = jars;
    this.agent = agent;
    this.patienceSeconds = patienceSeconds;
  }

  /** The result of each test method by its name; of a plain main class, that of the class. */
  SortedMap<String, String> run(JdkTest test, Path classes) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(work, "run-");
    Path results = scratch.resolve("results");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    if (!agent.isEmpty()) {
      command.add("-javaagent:" + agent);
      // What jtreg tells a test to pass on to the JVMs that it starts itself.
      command.add("-Dtest.vm.opts=-javaagent:" + agent);
    }
    command.addAll(test.moduleArgs());
    if (test.enablePreview()) {
      command.add("--enable-preview");
    }
    command.addAll(test.vmArgs());
    if (!test.policy().isEmpty()) {
      command.add("-Djava.security.manager=default");
      command.add("-Djava.security.policy==" + policy(test, scratch));
    }
    String classPath = classes + File.pathSeparator + jars;
    command.addAll(List.of(
        "-Dtest.src=" + test.file().getParent(),
        "-Dtest.src.path=" + test.file().getParent(),
        "-Dtest.root=" + root.resolve("jdk"),
        "-Dtest.file=" + test.file(),
        "-Dtest.name=" + test.name(),
        "-Dtest.classes=" + classes,
        "-Dtest.class.path=" + classPath,
        "-Dtest.class.path.prefix=" + classPath,
        "-Dtest.jdk=" + System.getProperty("java.home"),
        "-Dcompile.jdk=" + System.getProperty("java.home"),
        "-Dtest.nativepath=" + classes,
        "-Djava.library.path=" + classes,
        "-Dtest.timeout.factor=4",
        "-cp",
        classPath));
    if (!test.kind().equals("main")) {
      command.addAll(List.of("PlatformRun", results.toString()));
    }
    command.add(test.main());
    command.addAll(test.args());
    Process process = new ProcessBuilder(command)
        .directory(scratch.toFile())
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("output").toFile())
        .start();
    boolean ended = process.waitFor(patienceSeconds, TimeUnit.SECONDS);
    if (!ended) {
      dumpStacks(process.pid(), scratch);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    SortedMap<String, String> found = new TreeMap<>();
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        String[] outcome = line.split("\t", 2);
        found.merge(outcome[1], outcome[0], (a, b) -> a.equals(b) ? a : a + "+" + b);
      }
    }
    // The class itself, so that a JVM that dies behind its last test is a result as well.
    found.put(test.main(), ended ? "exit " + process.exitValue() : "hangs");
    return found;
  }

  /** What the test may do; who runs it may do everything, as with jtreg. */
  private Path policy(JdkTest test, Path scratch) throws IOException {
    StringBuilder grants = new StringBuilder();
    for (String jar : jars.split(File.pathSeparator)) {
      Path place = Path.of(jar).toAbsolutePath();
      grants
          .append("grant codeBase \"file:")
          .append(place)
          .append(Files.isDirectory(place) ? "/-" : "")
          .append("\" { permission java.security.AllPermission; };\n");
    }
    grants.append(Files.readString(test.file().resolveSibling(test.policy())));
    return Files.writeString(scratch.resolve("policy"), grants);
  }

  private static void dumpStacks(long pid, Path scratch) throws IOException, InterruptedException {
    new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", "" + pid, "Thread.print", "-l")
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("stacks").toFile())
        .start()
        .waitFor(60, TimeUnit.SECONDS);
  }
}
