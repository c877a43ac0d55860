package io.leakwatch.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits for the end of a JVM and tells a hang from slowness: what has not ended in time is asked for the stacks of its threads,
 * twice. Where the application's threads have used CPU time in between it is only slow, and gets more time.
 */
final class Watchdog {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final Duration BETWEEN_DUMPS = Duration.ofSeconds(5);
  private static final int EXTENSIONS = 5;

  /** {@code "pool-1-thread-1" #18 [13258] daemon prio=5 os_prio=0 cpu=103.76ms elapsed=577.81s …}. */
  private static final Pattern CPU = Pattern.compile(
      "^\"(?!leakwatch|Attach|C[12] Comp|Signal|Common-Cleaner|Service|Monitor|Notif|Reference|Finalizer)"
          + "[^\"]*\" #.* cpu=([0-9.]+)ms",
      Pattern.MULTILINE);

  private Watchdog() {}

  /** The exit status; fails with both dumps when it hangs. */
  static int awaitExit(JdkUnderTest jdk, AgentProcess app) {
    for (int i = 0; i < EXTENSIONS; i++) {
      try {
        Awaitility.await().atMost(PATIENCE).until(app::hasEnded);
        return app.awaitExit();
      } catch (ConditionTimeoutException e) {
        String first = stacks(jdk, app.pid());
        Awaitility.await().pollDelay(BETWEEN_DUMPS).until(() -> true);
        String second = stacks(jdk, app.pid());
        if (!app.hasEnded() && cpuMillis(second) - cpuMillis(first) < 1) {
          throw new AssertionError(
              "it hangs\n" + app.transcript() + "\n" + first + "\n5 s later:\n" + second, e);
        }
      }
    }
    throw new AssertionError("it is slow beyond patience\n" + app.transcript());
  }

  private static double cpuMillis(String dump) {
    double sum = 0;
    for (Matcher thread = CPU.matcher(dump); thread.find(); ) {
      sum += Double.parseDouble(thread.group(1));
    }
    return sum;
  }

  private static String stacks(JdkUnderTest jdk, long pid) {
    try {
      Process jcmd = new ProcessBuilder(jdk.tool("jcmd").toString(), "" + pid, "Thread.print", "-l")
          .redirectErrorStream(true)
          .start();
      String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return jcmd.waitFor(30, TimeUnit.SECONDS) ? text : "jcmd hangs as well";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }
}
