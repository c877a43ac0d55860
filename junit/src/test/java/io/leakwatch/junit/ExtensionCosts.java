package io.leakwatch.junit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the extension costs a clean test: the same suites with it and without it, by turns, in one JVM. A program, not a
 * test:
 *
 * <pre>java -cp CLASSPATH -Dleakwatch.junit.agent=… io.leakwatch.junit.ExtensionCosts</pre>
 *
 * <p>Both run after the hooks are woven, so what the hooks cost the test itself is in both; the first line tells that.
 */
final class ExtensionCosts {
  private static final int WARM_UPS = 3;
  private static final int PAIRS = 7;
  private static final int TESTS = 300;
  private static final Map<String, String> WATCHED =
      Map.of("junit.jupiter.extensions.autodetection.enabled", "true");
  private static final List<String> SUITES =
      List.of("OverheadSuite$Empty", "OverheadSuite$StartsThread", "OverheadSuite$UsesExecutor");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ExtensionCosts() {}

  public static void main(String[] args) {
    for (String suite : SUITES) {
      for (int i = 0; i < WARM_UPS; i++) {
        SuiteRun.of(suite);
      }
      System.out.println("before the agent is there: " + suite + " " + micros(run(suite, false)));
    }
    for (String suite : SUITES) {
      for (int i = 0; i < WARM_UPS; i++) {
        run(suite, true);
        run(suite, false);
      }
      double[] added = new double[PAIRS];
      double[] without = new double[PAIRS];
      for (int i = 0; i < PAIRS; i++) {
        double with = run(suite, true);
        without[i] = run(suite, false);
        added[i] = with - without[i];
      }
      Arrays.sort(added);
      Arrays.sort(without);
      System.out.println(suite + ": " + micros(without[PAIRS / 2]) + " a test without, "
          + micros(added[PAIRS / 2]) + " added (" + micros(added[0]) + " to "
          + micros(added[PAIRS - 1]) + ")");
    }
    System.exit(0);
  }

  /** CPU time of the thread that runs the tests, in µs a test: what a test is held up, also on a busy machine. */
  private static double run(String suite, boolean watched) {
    long begin = THREADS.getCurrentThreadCpuTime();
    SuiteRun run = SuiteRun.of(suite, watched ? WATCHED : Map.of());
    double micros = (THREADS.getCurrentThreadCpuTime() - begin) / 1e3 / TESTS;
    run.results()
        .forEach((name, failure) -> failure.ifPresent(f -> {
          throw new AssertionError(name, f);
        }));
    return micros;
  }

  private static String micros(double micros) {
    return String.format(Locale.ROOT, "%.1f µs", micros);
  }
}
