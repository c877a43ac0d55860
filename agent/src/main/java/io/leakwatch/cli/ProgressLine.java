package io.leakwatch.cli;

import java.io.PrintStream;

/** Says what a long command is doing: on a terminal in one line that is written over, elsewhere a line for each phase. */
final class ProgressLine {
  private final PrintStream err;
  private final boolean terminal;
  private String phase = "";
  private int shown;

  ProgressLine(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Whether a person is likely to see it. */
  @SuppressWarnings(
      "SystemConsoleNull") // Up to JDK 21 that says it; since 22 the method below does.
  static boolean onTerminal() {
    if (System.console() == null) {
      return false;
    }
    try {
      // Since JDK 22 there may be a console without a terminal.
      Object console = System.console();
      return (Boolean) console.getClass().getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  /** Something begins. */
  void phase(String name) {
    phase = name;
    if (terminal) {
      show(name);
    } else {
      err.println("leakwatch: " + name);
    }
  }

  /** So much of it is done. */
  void percent(long percent) {
    if (terminal) {
      show(phase + " " + percent + " %");
    }
  }

  /** All is done: the line is wiped out. */
  void end() {
    if (terminal && shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }

  private void show(String text) {
    String line = "leakwatch: " + text;
    err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
    err.flush();
    shown = line.length();
  }
}
