package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.cost.program.MeasuredProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A JVM that runs {@link MeasuredProgram}. Killed on close, when it does not answer in time, and when this JVM ends in an
 * orderly way; when this one is killed, it ends because nobody writes to it any more. Used by one thread at a time.
 */
final class ForkedJvm implements AutoCloseable {
  /** What the variables that would give it other options begin or end with. */
  private static final List<String> FOREIGN_OPTIONS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final int MAX_HEAP_READINGS = 40;
  private static final long SETTLED_BYTES = 20_000;
  private static final Duration COLLECTION_LIMIT = Duration.ofMinutes(5);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final ScheduledExecutorService WATCHDOG =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watchdog");
        thread.setDaemon(true);
        return thread;
      });

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(ForkedJvm::kill), "kill-what-is-measured"));
  }

  private final String name;
  private final Path errors;
  private final Process process;
  private final Writer to;
  private final BufferedReader from;

  private ForkedJvm(String name, Path errors, Process process) {
    this.name = name;
    this.errors = errors;
    this.process = process;
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param name what failures call it
   * @param folder its working folder, which gets what it writes to its standard error
   */
  static ForkedJvm start(String name, List<String> command, Path folder) throws IOException {
    Path errors = Files.createTempFile(folder, "stderr-", ".txt");
    Process process = builder(command, folder).redirectError(errors.toFile()).start();
    RUNNING.add(process);
    return new ForkedJvm(name, errors, process);
  }

  /** A process in a folder, that gets no options from the environment. */
  static ProcessBuilder builder(List<String> command, Path folder) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(variable -> FOREIGN_OPTIONS.stream().anyMatch(variable::endsWith)
            || variable.startsWith("LEAKWATCH_")
            || variable.startsWith("OTEL_")
            || variable.startsWith("DD_"));
    return builder;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Has it do something, and waits for the answer.
   *
   * @throws MeasurementFailed if it has ended, or does not answer in time, which kills it
   */
  String ask(String line, Duration limit) {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end = WATCHDOG.schedule(
        () -> {
          late.set(true);
          kill(process);
        },
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
    try {
      to.write(line + "\n");
      to.flush();
      for (String said = from.readLine(); said != null; said = from.readLine()) {
        if (said.startsWith(MeasuredProgram.ANSWER)) {
          return said.substring(MeasuredProgram.ANSWER.length());
        }
      }
    } catch (IOException e) {
      // It has ended: said below, with what it had to say about it.
    } finally {
      end.cancel(false);
    }
    String what = late.get()
        ? "did not answer to '" + line + "' within " + limit.toSeconds() + " s and was killed"
        : "ended with status " + status() + " at '" + line + "'";
    throw new MeasurementFailed("the JVM with " + name + " " + what + lastWords());
  }

  /** The same for what is over in a few seconds. */
  String ask(String line) {
    return ask(line, Duration.ofMinutes(3));
  }

  /** The same for an answer that is a number. */
  long askNumber(String line) {
    return Long.parseLong(ask(line));
  }

  /**
   * Bytes of heap when these hardly change any more: what has started lets go of what it needed for that.
   *
   * @throws MeasurementFailed if they do not settle
   */
  long settledHeapBytes() throws InterruptedException {
    long last = Long.parseLong(ask("heap", COLLECTION_LIMIT));
    for (int i = 0; i < MAX_HEAP_READINGS; i++) {
      Thread.sleep(500);
      long now = Long.parseLong(ask("heap", COLLECTION_LIMIT));
      if (Math.abs(now - last) < SETTLED_BYTES) {
        return now;
      }
      last = now;
    }
    throw new MeasurementFailed(
        "the heap with " + name + " does not settle, it was " + last + " bytes at last");
  }

  @Override
  public void close() {
    kill(process);
    RUNNING.remove(process);
  }

  /** Ends a process and waits for that. */
  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private int status() {
    return process.onExit().join().exitValue();
  }

  private String lastWords() {
    try {
      List<String> said =
          Files.readAllLines(errors).stream().filter(line -> !line.isBlank()).toList();
      return said.isEmpty() ? "" : ": " + said.get(said.size() - 1).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
