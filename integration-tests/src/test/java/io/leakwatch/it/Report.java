package io.leakwatch.it;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the agent's JSON, as far as the tests look at it. The names are the contract.
 *
 * @param schema 1
 * @param sequence 1 for the first report
 * @param reason {@code periodic}, {@code final} or {@code request}
 * @param tasks what the executors run; only when somebody asked
 */
record Report(
    int schema,
    String time,
    long sequence,
    String reason,
    Jvm jvm,
    Threads threads,
    Executors executors,
    Agent agent,
    List<Finding> findings,
    @Nullable Map<String, Object> tasks) {

  record Jvm(long pid, String version, double uptimeSeconds) {}

  record Threads(long platform, long virtual, long baseline, long startedTotal) {}

  record Executors(long live, long shutDownNotTerminated, long activeTasks, long queuedTasks) {}

  record Agent(long cpuMillis, long heapBytes, long hookFailures, long dropped) {}

  record Finding(
      String fingerprint,
      String kind,
      String verdict,
      String state,
      long count,
      double growthPerMinute,
      String firstSeen,
      double oldestSeconds,
      List<String> suspects,
      String summary,
      List<String> evidence,
      String advice,
      List<String> threadNames,
      List<String> createdAt,
      List<String> waitingAt) {

    boolean isConfirmed() {
      return verdict.equals("CONFIRMED");
    }

    /** Of that kind, and sure. */
    boolean isConfirmed(String expectedKind) {
      return kind.equals(expectedKind) && isConfirmed();
    }
  }

  boolean isFinal() {
    return reason.equals("final");
  }
}
