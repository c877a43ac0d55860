package io.leakwatch.it;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A running JVM. What it prints and reports is kept; whatever is awaited fails with all of it when it does not come.
 *
 * <p>Killed on close, and when the tests end in any way.
 */
final class AgentProcess implements AutoCloseable {
  /** The file in its folder that gets the JSON reports. */
  static final String REPORTS = "reports.json";

  /** Lenient like any reader has to be: the contract may be added to. */
  private static final ObjectReader JSON = new ObjectMapper()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .readerFor(Report.class);

  static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(AgentProcess::kill), "kill-forked-jvms"));
  }

  private final List<String> command;
  private final Path folder;
  private final Process process;
  private final StreamReader out;
  private final StreamReader err;

  private AgentProcess(List<String> command, Path folder, Process process) {
    this.command = command;
    this.folder = folder;
    this.process = process;
    out = new StreamReader(process.getInputStream(), "stdout");
    err = new StreamReader(process.getErrorStream(), "stderr");
  }

  static AgentProcess start(List<String> command, Map<String, String> environment, Path folder) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.endsWith("_JAVA_OPTIONS")
            || name.endsWith("JAVA_TOOL_OPTIONS")
            || name.startsWith("LEAKWATCH_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      RUNNING.add(process);
      return new AgentProcess(command, folder, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Its working folder, deleted on close. */
  Path folder() {
    return folder;
  }

  /** Sends it a line. */
  void sendLine(String line) {
    try {
      Writer stdin = process.outputWriter(StandardCharsets.UTF_8);
      stdin.write(line + "\n");
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it, as nothing in it can notice. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Waits until a wrapper has become the command that it was to run. */
  void awaitStart(String command) {
    awaited(command, () -> process.info().command().filter(path -> path.endsWith("/" + command)));
  }

  /** Ends its input. */
  void closeInput() {
    try {
      process.outputWriter(StandardCharsets.UTF_8).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as {@code kill} does. */
  void terminate() {
    // Not through the process itself: that would close its streams as well.
    process.toHandle().destroy();
  }

  /** Waits for a finding in any report, the newest first. */
  Report.Finding awaitFinding(Predicate<Report.Finding> wanted) {
    return awaited("finding", () -> newestFinding(wanted));
  }

  /** Waits for a report. */
  Report awaitReport(Predicate<Report> wanted) {
    return awaited("report", () -> reports().stream().filter(wanted).findFirst());
  }

  /** Waits for a line on stdout or stderr that contains a text. */
  String awaitLine(String part) {
    return awaited(
        "line with '" + part + "'",
        () -> Stream.concat(out.lines().stream(), err.lines().stream())
            .filter(line -> line.contains(part))
            .findFirst());
  }

  /** Waits for its end, which is due soon, and returns its exit status. */
  int awaitExit() {
    return awaitExit(Duration.ofSeconds(30));
  }

  /** Waits for its end and returns its exit status, with time to spare when it is due after {@code due}. */
  int awaitExit(Duration due) {
    try {
      Awaitility.await().atMost(due.plus(DEADLINE)).until(this::hasEnded);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("it does not end\n" + transcript(), e);
    }
    return process.exitValue();
  }

  /** What it has written to stdout so far. */
  String stdout() {
    return out.text();
  }

  /** What it has written to stderr so far. */
  String stderr() {
    return err.text();
  }

  /** The reports it has written so far; a line that is not yet complete is left out. */
  List<Report> reports() {
    return reports(folder.resolve(REPORTS));
  }

  /** The reports in a file. */
  static List<Report> reports(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      List<Report> reports = new ArrayList<>();
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        reports.add(JSON.readValue(line));
      }
      return reports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every finding of every report. */
  List<Report.Finding> findings() {
    return reports().stream().flatMap(report -> report.findings().stream()).toList();
  }

  /** All there is to know, for the message of a failed test. */
  String transcript() {
    String status = process.isAlive() ? "still running" : "exit status " + process.exitValue();
    String json;
    try {
      Path file = folder.resolve(REPORTS);
      json = Files.exists(file) ? Files.readString(file) : "no reports\n";
    } catch (IOException e) {
      json = e + "\n";
    }
    return "%s%n--- %s; stdout:%n%s--- stderr:%n%s--- json:%n%s---"
        .formatted(String.join(" ", command), status, stdout(), stderr(), json);
  }

  @Override
  public void close() {
    kill(process);
    out.awaitEnd();
    err.awaitEnd();
    RUNNING.remove(process);
    deleteFolder();
  }

  private Optional<Report.Finding> newestFinding(Predicate<Report.Finding> wanted) {
    List<Report> reports = reports();
    for (int i = reports.size() - 1; i >= 0; i--) {
      Optional<Report.Finding> found =
          reports.get(i).findings().stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private <T> T awaited(String what, Supplier<Optional<T>> search) {
    try {
      // Whether it has ended is asked before the search, or what came in between would be missed.
      return Awaitility.await()
          .atMost(DEADLINE)
          .until(
              () -> {
                boolean last = hasEnded();
                Optional<T> found = search.get();
                if (found.isEmpty() && last) {
                  throw new AssertionError("it ended without the " + what + "\n" + transcript());
                }
                return found;
              },
              Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("no " + what + " within " + DEADLINE + "\n" + transcript(), e);
    }
  }

  /** Whether it has ended and all that it wrote is read. */
  boolean hasEnded() {
    return !process.isAlive() && out.hasEnded() && err.hasEnded();
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one stream to its end on a thread of its own, so that the process never waits for us. */
  private static final class StreamReader {
    private final List<String> lines = new ArrayList<>();
    private final Thread thread;

    StreamReader(InputStream stream, String name) {
      thread = new Thread(() -> readAll(stream), "read-" + name);
      thread.setDaemon(true);
      thread.start();
    }

    List<String> lines() {
      synchronized (lines) {
        return List.copyOf(lines);
      }
    }

    String text() {
      List<String> copy = lines();
      return copy.isEmpty() ? "" : String.join("\n", copy) + "\n";
    }

    boolean hasEnded() {
      return !thread.isAlive();
    }

    void awaitEnd() {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void readAll(InputStream stream) {
      try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          synchronized (lines) {
            lines.add(line);
          }
        }
      } catch (IOException e) {
        // The process was killed; what it said until then is there.
      }
    }
  }
}
