package com.acme;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * An application to watch with Leakwatch: {@code java -jar sample-app.jar} lists what it can do.
 *
 * <p>Exit status: 0 when the scenario has ended, 2 when the arguments are wrong.
 */
public final class SampleApp {
  private static final String NEXT_COMMAND =
      "java -javaagent:agent/target/leakwatch.jar=interval=1s,warmup=5s -jar sample-app/target/sample-app.jar ";

  private SampleApp() {}

  /** Runs one scenario and exits, leaked threads or not. */
  public static void main(String[] args) throws Exception {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs one scenario and returns the exit status; what was leaked is still there then. */
  static int run(String[] args, PrintStream out, PrintStream err) throws Exception {
    if (args.length == 0) {
      list(out);
      return 0;
    }
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException e) {
      err.println("sample-app: " + e.getMessage());
      return 2;
    }
    drive(arguments, out);
    return 0;
  }

  private static void list(PrintStream out) {
    out.println("java -jar sample-app.jar NAME [--seconds N] [--rate PER_SECOND]");
    for (Scenario scenario : Scenario.values()) {
      String where = scenario.runsHere() ? "" : " (needs JDK 21 or newer)";
      out.printf("  %-16s %s%s%n", scenario.argument(), scenario.description(), where);
    }
  }

  private static void drive(Arguments arguments, PrintStream out) throws Exception {
    Scenario scenario = arguments.scenario();
    out.printf(
        "%s: %s; %d s at %s requests/s%n",
        scenario.argument(),
        scenario.description(),
        arguments.seconds(),
        trimmed(arguments.perSecond()));
    Service service = scenario.service();
    long requests = Math.round(arguments.seconds() * arguments.perSecond());
    long start = System.nanoTime();
    for (long request = 0; request < requests; request++) {
      sleepUntil(start + Math.round(request * TimeUnit.SECONDS.toNanos(1) / arguments.perSecond()));
      service.serve();
    }
    sleepUntil(start + TimeUnit.SECONDS.toNanos(arguments.seconds()));
    String leaked = scenario.leaks().isEmpty()
        ? "nothing leaked"
        : requests + " " + scenario.leaks() + " leaked";
    out.printf("%s: %d requests served, %s%n", scenario.argument(), requests, leaked);
    out.println("try next: " + NEXT_COMMAND + scenario.next().argument());
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }

  private static String trimmed(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
