package io.leakwatch.leakbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the machine had time for a run, by what the program printed: on a busy one the agent sees the leak begin when the
 * run is nearly over, and a result says more of the machine than of the agent.
 *
 * @param readySeconds from the program's start to the first request
 * @param lateSeconds how late the latest request was sent
 * @param firstSeconds from the program's start to the first answer; 0 when there was none, as where all requests hang
 */
record Pace(double readySeconds, double lateSeconds, double firstSeconds) {
  private static final Pattern READY = Pattern.compile("LEAKBENCH ready .*\\bt=([0-9.]+)");
  private static final Pattern LATE = Pattern.compile("LEAKBENCH done .*\\blate=([0-9.]+)");

  private static final Pattern FIRST = Pattern.compile("LEAKBENCH done .*\\bfirst=([0-9.]+)");

  /** Of a run of 25 seconds the leak must have most to itself. */
  private static final double MOST = 6;

  /** The first request loads the library. */
  private static final double MOST_OF_FIRST = 8;

  /** Reads the output of a run; 0 what is not in there. */
  static Pace of(Run run, Path results) {
    try {
      return of(Files.readString(run.file(results, "out")));
    } catch (IOException e) {
      return new Pace(0, 0, 0);
    }
  }

  static Pace of(String output) {
    return new Pace(number(READY, output), number(LATE, output), number(FIRST, output));
  }

  boolean isStarved() {
    return readySeconds + lateSeconds > MOST || firstSeconds > MOST_OF_FIRST;
  }

  private static double number(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }
}
