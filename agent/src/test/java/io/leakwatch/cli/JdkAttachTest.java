package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line against real JVMs; an agent of three lines stands in for the finished jar. */
@Timeout(120)
class JdkAttachTest {

  private static final List<String> FLAGS =
      List.of("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path directory;

  JdkAttachTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void attachesOnceAndListsIt() throws IOException {
    String jar = agentJar("my leak%watch.jar");
    try (ForkedJvm jvm = ForkedJvm.start(FLAGS, WaitingProgram.class, "secret")) {
      jvm.awaitLine(WaitingProgram.READY);
      String pid = Long.toString(jvm.pid());

      assertThat(lineOf(jvm))
          .matches(pid + " +not running +" + WaitingProgram.class.getName())
          .doesNotContain("secret");

      assertThat(run(jar, "attach", pid, "interval=1s,settle=4")).isEqualTo(CommandLine.OK);
      assertThat(text(err)).isEmpty();
      assertThat(text(out))
          .isEqualTo("Leakwatch 1.2.3 (interval=1s,settle=4) now watches JVM "
              + pid
              + "; its report goes to the standard output of that JVM\n");

      assertThat(run(jar, "attach", pid)).isEqualTo(CommandLine.FAILED);
      assertThat(text(err))
          .isEqualTo("leakwatch: Leakwatch 1.2.3 (interval=1s,settle=4) already runs in JVM "
              + pid
              + "; nothing was done\n");
      assertThat(text(out)).isEmpty();

      assertThat(lineOf(jvm)).contains("running 1.2.3 (interval=1s,settle=4) ");
    }
  }

  @Test
  void saysWhenTheAgentWasLoadedButDoesNotRun() throws IOException {
    String jar = agentJar("leakwatch.jar");
    try (ForkedJvm jvm = ForkedJvm.start(FLAGS, WaitingProgram.class)) {
      jvm.awaitLine(WaitingProgram.READY);
      assertThat(run(jar, "attach", Long.toString(jvm.pid()), "settle=99"))
          .isEqualTo(CommandLine.FAILED);
      assertThat(text(err))
          .isEqualTo("leakwatch: Leakwatch did not start in JVM "
              + jvm.pid()
              + ", whose standard error says why\n");
    }
  }

  @Test
  void saysWhenTheAgentFailsToStart() throws IOException {
    String jar = agentJar("leakwatch.jar");
    try (ForkedJvm jvm = ForkedJvm.start(List.of(), WaitingProgram.class)) {
      jvm.awaitLine(WaitingProgram.READY);
      assertThat(run(jar, "attach", Long.toString(jvm.pid()))).isEqualTo(CommandLine.FAILED);
      assertThat(text(err))
          .startsWith("leakwatch: the agent failed to start in JVM "
              + jvm.pid()
              + ", whose standard error says why: ")
          .hasLineCount(1);
    }
  }

  @Test
  void saysWhenTheJarCannotBeLoaded() throws IOException {
    try (ForkedJvm jvm = ForkedJvm.start(FLAGS, WaitingProgram.class)) {
      jvm.awaitLine(WaitingProgram.READY);
      String missing = directory.resolve("missing.jar").toString();
      assertThat(run(missing, "attach", Long.toString(jvm.pid()))).isEqualTo(CommandLine.FAILED);
      assertThat(text(err))
          .startsWith("leakwatch: JVM " + jvm.pid() + " refused the agent: ")
          .hasLineCount(1);
    }
  }

  @Test
  void saysWhenTheJvmDoesNotLetAgentsInWhileItRuns() throws IOException {
    String jar = agentJar("leakwatch.jar");
    List<String> flags = List.of("-XX:-EnableDynamicAgentLoading");
    try (ForkedJvm jvm = ForkedJvm.start(flags, WaitingProgram.class)) {
      jvm.awaitLine(WaitingProgram.READY);
      assertThat(run(jar, "attach", Long.toString(jvm.pid()))).isEqualTo(CommandLine.FAILED);
      assertThat(text(err))
          .startsWith("leakwatch: JVM " + jvm.pid() + " refused the agent: ")
          .contains("Dynamic agent loading is not enabled")
          .hasLineCount(1);
    }
  }

  @Test
  void saysWhenTheJvmDoesNotLetAnybodyAttach() throws IOException {
    List<String> flags = List.of("-XX:+DisableAttachMechanism");
    try (ForkedJvm jvm = ForkedJvm.start(flags, WaitingProgram.class)) {
      jvm.awaitLine(WaitingProgram.READY);
      assertThat(run("leakwatch.jar", "attach", Long.toString(jvm.pid())))
          .isEqualTo(CommandLine.FAILED);
      assertThat(text(err))
          .isEqualTo("leakwatch: process "
              + jvm.pid()
              + " cannot be attached to; it is no JVM, or one that does not allow it"
              + " (The VM does not support the attach mechanism)\n");
    }
  }

  @Test
  void saysThatAnEndedProcessIsGone() throws IOException, InterruptedException {
    long pid;
    try (ForkedJvm jvm = ForkedJvm.start(List.of(), CommandLineProgram.class, "help")) {
      jvm.readAll();
      assertThat(jvm.exitStatus()).isZero();
      pid = jvm.pid();
    }
    assertThatThrownBy(() -> new JdkAttach().attach(pid))
        .isInstanceOf(AttachFailedException.class)
        .hasMessage("there is no process " + pid);
  }

  @Test
  void doesNotListOrAttachToItself() {
    long self = ProcessHandle.current().pid();
    assertThat(new JdkAttach().list()).extracting(RunningJvm::pid).doesNotContain(self);
    assertThat(run("leakwatch.jar", "attach", Long.toString(self))).isEqualTo(CommandLine.FAILED);
    assertThat(text(err)).startsWith("leakwatch: process " + self + " ").hasLineCount(1);
  }

  @Test
  void tellsWhoseProcessItIs() {
    Optional<String> me = Optional.of("alice");
    assertThat(JdkAttach.explain(7, Optional.of("bob"), me, "not permitted"))
        .isEqualTo(
            "process 7 belongs to the user bob; run this command as that user (not permitted)");
    String other =
        "process 7 cannot be attached to; it is no JVM, or one that does not allow it (timeout)";
    assertThat(JdkAttach.explain(7, me, me, "timeout")).isEqualTo(other);
    assertThat(JdkAttach.explain(7, Optional.empty(), me, "timeout")).isEqualTo(other);
  }

  @Test
  void aRuntimeWithoutTheModuleSaysWhichOneItLacks() throws IOException, InterruptedException {
    for (String[] args : new String[][] {{"list"}, {"attach", "4711"}}) {
      List<String> flags = List.of("--limit-modules=java.base");
      try (ForkedJvm jvm = ForkedJvm.start(flags, CommandLineProgram.class, args)) {
        assertThat(jvm.readAll())
            .isEqualTo("leakwatch: the Java runtime in "
                + System.getProperty("java.home")
                + " lacks the module jdk.attach; run this command with a full JDK\n");
        assertThat(jvm.exitStatus()).isEqualTo(CommandLine.FAILED);
      }
    }
  }

  private int run(String jar, String... args) {
    out.reset();
    err.reset();
    return CommandLine.run(args, jar, stream(out), stream(err));
  }

  /** What the table says about this one; other JVMs of this host are none of a test's business. */
  private static String lineOf(ForkedJvm jvm) {
    JdkAttach jdk = new JdkAttach();
    JvmAttach onlyThisOne = new JvmAttach() {
      @Override
      public List<RunningJvm> list() {
        return jdk.list().stream().filter(found -> found.pid() == jvm.pid()).toList();
      }

      @Override
      public AttachedJvm attach(long pid) throws AttachFailedException {
        return jdk.attach(pid);
      }
    };
    List<String> lines = new JvmTable(onlyThisOne, Duration.ofMinutes(1)).lines();
    assertThat(lines).hasSize(2);
    return lines.get(1);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private String agentJar(String name) throws IOException {
    Path jar = directory.resolve(name);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", StubAgent.class.getName());
    String entry = StubAgent.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file, manifest);
        InputStream bytes = JdkAttachTest.class.getResourceAsStream("/" + entry)) {
      entries.putNextEntry(new JarEntry(entry));
      Objects.requireNonNull(bytes).transferTo(entries);
      entries.closeEntry();
    }
    return jar.toString();
  }
}
