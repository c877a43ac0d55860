package com.acme;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What to run, and how.
 *
 * @param scenario what to run
 * @param seconds for how long
 * @param perSecond requests per second
 */
record Arguments(Scenario scenario, int seconds, double perSecond) {
  private static final int MAX_SECONDS = 86_400;
  private static final double MAX_PER_SECOND = 10_000;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with one line that names what is wrong and what would be right
   */
  static Arguments parse(String[] args) {
    Scenario scenario = Scenario.named(args[0])
        .orElseThrow(() -> new IllegalArgumentException(
            "no scenario '" + args[0] + "'; there are: " + scenarioNames()));
    if (!scenario.runsHere()) {
      throw new IllegalArgumentException(
          args[0] + " needs JDK 21 or newer; this is " + System.getProperty("java.version"));
    }
    int seconds = 20;
    double perSecond = 4;
    for (int i = 1; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--seconds" -> seconds = (int) number(args[i], value, 1, MAX_SECONDS);
        case "--rate" -> perSecond = number(args[i], value, 0.01, MAX_PER_SECOND);
        default ->
          throw new IllegalArgumentException(
              "unknown option '" + args[i] + "'; there are: --seconds N, --rate PER_SECOND");
      }
    }
    return new Arguments(scenario, seconds, perSecond);
  }

  private static String scenarioNames() {
    return Arrays.stream(Scenario.values())
        .map(Scenario::argument)
        .collect(Collectors.joining(" "));
  }

  private static double number(String option, String value, double least, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("%s '%s' is not a number from %s to %s"
        .formatted(option, value, plain(least), plain(most)));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
