package io.leakwatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks whoever sits there whether to go on. */
final class Agreement {
  private final InputStream in;
  private final PrintStream err;

  Agreement(InputStream in, PrintStream err) {
    this.in = in;
    this.err = err;
  }

  /** Whether it is given; says so when not. */
  boolean isGiven() throws IOException {
    err.print("leakwatch: go on? [y/N] ");
    err.flush();
    // Not closed: it is the standard input of this process.
    String answer =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    boolean agreed = answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y(es)?");
    if (!agreed) {
      err.println(
          answer == null
              ? "\nleakwatch: nobody answered, and nothing was done; --yes goes on without asking"
              : "leakwatch: nothing was done");
    }
    return agreed;
  }
}
