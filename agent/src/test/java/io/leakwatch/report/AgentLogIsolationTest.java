package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in class loaders and processes like those it meets in the field. */
class AgentLogIsolationTest {
  private final Path folder;

  AgentLogIsolationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void loadsLogbackWithTheFirstLineAndNeverAsksTheLoggerFactory() throws Exception {
    Path file = folder.resolve("a.log");
    Thread thread = Thread.currentThread();
    ClassLoader contextLoader = thread.getContextClassLoader();
    try (AgentLikeLoader loader = new AgentLikeLoader()) {
      // As in the agent: the application's loader knows nothing of ours.
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      Class<?> agentLog = loader.loadClass("io.leakwatch.report.AgentLog");
      Object log = agentLog.getMethod("open", String.class).invoke(null, file.toString());
      assertThat(loader.loaded).contains("io.leakwatch.report.AgentLog");
      assertThat(loader.logbackClasses()).isEmpty();

      agentLog.getMethod("info", String.class).invoke(log, "one");
      agentLog.getMethod("close").invoke(log);
      assertThat(loader.logbackClasses()).isNotEmpty();
      assertThat(loader.loaded)
          .doesNotContain(
              "org.slf4j.LoggerFactory",
              "org.slf4j.MDC",
              "ch.qos.logback.classic.util.ContextInitializer",
              "ch.qos.logback.classic.joran.JoranConfigurator");
    } finally {
      thread.setContextClassLoader(contextLoader);
    }
    assertThat(file).content().endsWith("leakwatch INFO one\n");
  }

  @Test
  void writesToTheProcessStreamsWhateverTheApplicationDidToSystemErr() throws Exception {
    Path configuration = folder.resolve("evil.xml");
    Files.writeString(configuration, "<configuration debug='true'><broken>");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dlogback.configurationFile=" + configuration,
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    assertThat(Files.readString(folder.resolve("err")))
        .matches(time + " leakwatch INFO to stderr …\napplication: still there\n");
    assertThat(Files.readString(folder.resolve("out")))
        .matches(time + " leakwatch INFO to stdout …\n\\{\"schema\":1,.*}\n");
  }

  /** Has replaced its streams, and writes to the real one after the agent's log was closed. */
  static final class Application {
    private Application() {}

    public static void main(String[] args) throws IOException {
      PrintStream stderr = System.err;
      System.setErr(new PrintStream(OutputStream.nullOutputStream()));
      System.setOut(new PrintStream(OutputStream.nullOutputStream()));
      try (AgentLog log = AgentLog.open("stderr")) {
        log.info("to stderr …");
      }
      try (AgentLog log = AgentLog.open("stdout")) {
        log.info("to stdout …");
      }
      JsonReporter.to("stdout").report(ReportBuilder.healthy().build());
      stderr.println("application: still there");
    }
  }

  /** Child first, parent the platform loader; keeps the names of what it was asked for and defined. */
  private static final class AgentLikeLoader extends URLClassLoader {
    final ConcurrentLinkedQueue<String> loaded = new ConcurrentLinkedQueue<>();

    AgentLikeLoader() throws MalformedURLException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      loaded.add(name);
      return found;
    }

    List<String> logbackClasses() {
      return loaded.stream()
          .filter(name -> name.startsWith("ch.qos.") || name.startsWith("org.slf4j."))
          .toList();
    }

    private static URL[] classPath() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry :
          Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
        urls.add(new File(entry).toURI().toURL());
      }
      return urls.toArray(URL[]::new);
    }
  }
}
