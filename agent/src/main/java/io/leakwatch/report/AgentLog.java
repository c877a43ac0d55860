package io.leakwatch.report;

import io.leakwatch.text.PlainText;
import io.leakwatch.text.UtcSeconds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own log, apart from whatever the application logs with.
 *
 * <p>Nothing in here throws: where the log cannot be written the lines go to standard error, after one line that says
 * why, until it can be written again. Messages are text, never patterns. Logback is loaded with the first line, so that
 * opening the log costs the application's start nothing. Thread-safe.
 */
public final class AgentLog implements AutoCloseable {
  /** A log file is moved aside before it gets longer than this. */
  static final long MAX_FILE_BYTES = 10L * 1024 * 1024;

  /** The most log files there are, the current one included. */
  static final int MAX_FILES = 5;

  private final LineOutput output;
  private final LineOutput fallback;
  private @Nullable LogbackLines lines;
  private boolean failing;
  private boolean closed;

  AgentLog(LineOutput output, LineOutput fallback) {
    this.output = output;
    this.fallback = fallback;
  }

  /**
   * Opens the log. Nothing is written, and no file opened, before the first line.
   *
   * @param target {@code stderr}, {@code stdout} or the path of a file, which is rolled at 10 MB and kept five times,
   *     and its owner's only if it has to be created
   */
  public static AgentLog open(String target) {
    LineOutput output = switch (target) {
      case "stderr" -> LineOutput.standardError();
      case "stdout" -> LineOutput.standardOutput();
      default -> LineOutput.file(target).ownerOnly().rolledAt(MAX_FILE_BYTES, MAX_FILES);
    };
    return new AgentLog(output, LineOutput.standardError());
  }

  /** One line that somebody may want to know. Control characters in it are escaped. */
  public void info(String message) {
    log(Kind.INFO, PlainText.of(message));
  }

  /** One line about something that is wrong. Control characters in it are escaped. */
  public void warn(String message) {
    log(Kind.WARN, PlainText.of(message));
  }

  /**
   * A whole report, of as many lines as it has.
   *
   * @param text as {@link LogText} writes it: what comes from the application is escaped already, and the first line
   *     starts with {@code leakwatch}
   */
  public void report(String text) {
    log(Kind.REPORT, text);
  }

  /** Whether the last line could not be written where the log is, and went to standard error. */
  public synchronized boolean isFailing() {
    return failing;
  }

  /**
   * Lines that nothing else comes before or after: written past Logback, which takes longer to load than many a program to
   * run.
   */
  public synchronized void writeOnly(List<String> infos, List<String> warnings) {
    Instant now = Instant.now();
    for (String line : infos) {
      write(now, Kind.INFO, PlainText.of(line));
    }
    for (String line : warnings) {
      write(now, Kind.WARN, PlainText.of(line));
    }
  }

  /** Ends the log; later lines are dropped. May be called more than once. */
  @Override
  public synchronized void close() {
    closed = true;
    if (lines != null) {
      lines.stop();
      lines = null;
    }
  }

  private synchronized void log(Kind kind, String message) {
    if (closed) {
      return;
    }
    try {
      if (lines == null) {
        lines = new LogbackLines(this::write);
      }
      lines.log(kind, message);
    } catch (RuntimeException | LinkageError e) {
      // A log that is broken in itself must not take the line with it.
      writeToFallback(line(Instant.now(), kind, message));
      writeToFallback(
          line(Instant.now(), Kind.WARN, "the log is broken: " + PlainText.of(e.toString())));
    }
  }

  /** What Logback makes of a line ends up here. */
  private void write(Instant time, Kind kind, String message) {
    byte[] line = line(time, kind, message);
    try {
      output.append(line);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        String reason = PlainText.of(String.valueOf(e.getMessage()));
        String notice =
            "cannot write the log to " + reason + "; it goes to stderr until that works";
        writeToFallback(line(time, Kind.WARN, notice));
      }
      writeToFallback(line);
    }
  }

  private void writeToFallback(byte[] line) {
    try {
      fallback.append(line);
    } catch (IOException e) {
      // Nobody is left who could be told.
    }
  }

  private static byte[] line(Instant time, Kind kind, String message) {
    String prefix = kind == Kind.REPORT ? " " : " leakwatch " + kind + " ";
    String line = UtcSeconds.of(time) + prefix + message + "\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** How a line starts. */
  enum Kind {
    INFO,
    WARN,
    /** Of many lines, and says itself what it is. */
    REPORT
  }
}
