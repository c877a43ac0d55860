package io.leakwatch.junit;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent in this JVM. A JVM may not attach to itself unless it is told so when it starts, so a child process does
 * it: the agent's own command line, which is gone a moment later.
 */
final class AgentStart {
  private static final String PROBE = "io/leakwatch/LeakwatchAgent.class";
  private static final long PATIENCE_SECONDS = 60;

  /**
   * The account is all that is wanted: no sampling beside the tests, and no report but the last. What the user sets in {@code
   * leakwatch.} properties and variables comes first.
   */
  private static final String OPTIONS = "interval=720h,report-interval=720h";

  private AgentStart() {}

  /** See {@link Agent#of}. */
  static void attach(@Nullable String jarPath) {
    Path jar = jarPath == null ? onClassPath() : Path.of(jarPath).toAbsolutePath();
    if (!jar.toFile().isFile()) {
      throw failed(jar, "there is no such file");
    }
    String pid = Long.toString(ProcessHandle.current().pid());
    ProcessBuilder builder = new ProcessBuilder(
            List.of(java().toString(), "-jar", jar.toString(), "attach", pid, OPTIONS))
        .redirectErrorStream(true);
    // Meant for the JVM of the tests; an agent in there would be started in the child as well.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed(jar, "the attach did not end within " + PATIENCE_SECONDS + "s");
      }
      if (process.exitValue() != 0) {
        throw failed(jar, said.strip().replace("leakwatch: ", ""));
      }
    } catch (IOException e) {
      throw failed(jar, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(jar, "interrupted");
    }
  }

  private static Path java() {
    String name = File.separatorChar == '\\' ? "java.exe" : "java";
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  private static Path onClassPath() {
    URL found = AgentStart.class.getClassLoader().getResource(PROBE);
    if (found == null) {
      throw new IllegalStateException(
          "Leakwatch: the agent's jar is not on the class path; add io.leakwatch:leakwatch, or name it in the"
              + " configuration parameter "
              + Settings.AGENT);
    }
    try {
      if (found.openConnection() instanceof JarURLConnection connection) {
        return Path.of(connection.getJarFileURL().toURI());
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Leakwatch: " + found + " cannot be read", e);
    }
    throw new IllegalStateException("Leakwatch: the agent was found at "
        + found
        + ", which is no jar; build it (mvn package), or name its jar in the configuration parameter "
        + Settings.AGENT);
  }

  private static IllegalStateException failed(Path jar, String reason) {
    return new IllegalStateException("Leakwatch cannot attach itself to this JVM ("
        + reason
        + "); start the JVM of the tests with -javaagent:"
        + jar
        + " (Surefire: argLine, Gradle: jvmArgs), or without -XX:+DisableAttachMechanism and"
        + " -XX:-EnableDynamicAgentLoading");
  }
}
