package com.acme;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What to run, and how.
 *
 * @param scenario what to run
 * @param seconds for how long
 * @param perSecond requests per second
 * @param requests how many requests, as fast as they can be served; 0 if seconds and rate count
 */
record Arguments(Scenario scenario, int seconds, double perSecond, long requests) {
  private static final int MAX_SECONDS = 86_400;
  private static final double MIN_PER_SECOND = 0.01;
  private static final double MAX_PER_SECOND = 10_000;
  private static final int MAX_REQUESTS = 1_000_000_000;

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
    long requests = 0;
    boolean paced = false;
    for (int i = 1; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--seconds" -> seconds = wholeNumber(args[i], value, MAX_SECONDS);
        case "--rate" -> perSecond = number(args[i], value, MIN_PER_SECOND, MAX_PER_SECOND);
        case "--requests" -> requests = wholeNumber(args[i], value, MAX_REQUESTS);
        default ->
          throw new IllegalArgumentException("unknown option '" + args[i]
              + "'; there are: --seconds N, --rate PER_SECOND, --requests N");
      }
      paced |= !args[i].equals("--requests");
    }
    if (paced && requests > 0) {
      throw new IllegalArgumentException("--requests goes without --seconds and --rate");
    }
    return new Arguments(scenario, seconds, perSecond, requests);
  }

  /** Whether the requests come at a rate. */
  boolean isPaced() {
    return requests == 0;
  }

  /** How many requests there are in all; the first comes at once, however low the rate. */
  long totalRequests() {
    return isPaced() ? Math.max(1, Math.round(seconds * perSecond)) : requests;
  }

  /** How many requests and how fast, in words. */
  String extent() {
    return isPaced()
        ? seconds + " s at " + plain(perSecond) + " requests/s"
        : requests + " requests, as fast as it can";
  }

  private static String scenarioNames() {
    return Arrays.stream(Scenario.values())
        .map(Scenario::argument)
        .collect(Collectors.joining(" "));
  }

  private static int wholeNumber(String option, String value, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s '%s' is not a whole number from 1 to %d".formatted(option, value, most));
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
