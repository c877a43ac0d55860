package io.leakwatch.leakbench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other processes, one at a time and to their end. */
final class Command {
  /** The exit status of one that had to be killed. */
  static final int TIMED_OUT = -1;

  private Command() {}

  /**
   * Runs a command, with all it prints in a file.
   *
   * @return its exit status, or {@link #TIMED_OUT}
   */
  static int run(List<String> command, Path output, Duration limit) {
    try {
      Process process = new ProcessBuilder(command)
          .directory(new File(System.getProperty("java.io.tmpdir")))
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      process.getOutputStream().close();
      Thread killer = new Thread(() -> kill(process), "kill-" + process.pid());
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          return process.exitValue();
        }
        return TIMED_OUT;
      } finally {
        kill(process);
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + command.get(0), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Runs a command that has to succeed.
   *
   * @throws IllegalStateException with all it printed, if it does not
   */
  static void require(List<String> command, Path output, Duration limit) {
    int status = run(command, output, limit);
    if (status != 0) {
      throw new IllegalStateException(
          "exit status %d of %s%n%s".formatted(status, String.join(" ", command), text(output)));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
