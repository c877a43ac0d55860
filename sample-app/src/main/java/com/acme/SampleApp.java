package com.acme;

import java.io.PrintStream;
import java.util.Locale;
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
    drive(arguments, out, err);
    return 0;
  }

  private static void list(PrintStream out) {
    out.println("java -jar sample-app.jar NAME [--seconds N] [--rate PER_SECOND]");
    out.println("java -jar sample-app.jar NAME --requests N    (as fast as it can)");
    for (Scenario.Group group : Scenario.Group.values()) {
      out.println();
      out.println(group.title());
      for (Scenario scenario : Scenario.of(group)) {
        out.printf("  %-25s %s%n", scenario.argument(), scenario.description());
      }
    }
  }

  private static void drive(Arguments arguments, PrintStream out, PrintStream err)
      throws Exception {
    Scenario scenario = arguments.scenario();
    String name = scenario.argument();
    out.printf("%s: %s; %s%n", name, scenario.description(), arguments.extent());
    Service service = scenario.service();
    long requests = arguments.totalRequests();
    long start = System.nanoTime();
    String result = serveAll(service, arguments, start, err);
    long nanos = System.nanoTime() - start;
    if (arguments.isPaced()) {
      sleepUntil(start + TimeUnit.SECONDS.toNanos(arguments.seconds()));
    }
    String leaked = scenario.leaks().isEmpty()
        ? "nothing leaked"
        : requests + " " + scenario.leaks() + " leaked";
    String told = result.isEmpty() ? "" : "; " + result;
    out.printf("%s: %d requests served, %s%s%n", name, requests, leaked, told);
    if (!arguments.isPaced()) {
      double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
      out.printf(
          Locale.ROOT, "%s: in %.2f s, %.1f requests/s%n", name, seconds, requests / seconds);
    }
    if (!service.timings().isEmpty()) {
      err.printf("%s: on average %s%n", name, service.timings());
    }
    out.println("try next: " + NEXT_COMMAND + scenario.next().argument());
  }

  private static String serveAll(Service service, Arguments arguments, long start, PrintStream err)
      throws Exception {
    long requests = arguments.totalRequests();
    ProgressBar progress = new ProgressBar(
        err, !arguments.isPaced() && Terminal.isThere(), requests, System::nanoTime);
    for (long request = 0; request < requests; request++) {
      if (arguments.isPaced()) {
        sleepUntil(
            start + Math.round(request * TimeUnit.SECONDS.toNanos(1) / arguments.perSecond()));
      } else {
        progress.update(request);
      }
      service.serve();
    }
    String result = service.finish();
    progress.end();
    return result;
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }
}
