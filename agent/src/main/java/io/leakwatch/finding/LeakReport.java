package io.leakwatch.finding;

import io.leakwatch.tasks.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One report: everything a reporter may say. A value; reporters only format it.
 *
 * @param time when the newest sample in it was taken
 * @param sequence 1 for the first report of this JVM
 * @param reason why it was made
 * @param jvm the JVM it is about
 * @param threads live threads, without the agent's own and the virtual threads' carriers
 * @param executors the executors in the account
 * @param agent the agent's own health and cost
 * @param findings open findings, the strongest first, then those that ended since the last report
 * @param retractedTotal findings retracted since the start
 * @param gone known findings of which nothing was found in this run, as {@code fingerprint reason}; only in the final
 *     report
 * @param tasks what the executors run; only in a requested report, else {@code null}
 */
public record LeakReport(
    Instant time,
    long sequence,
    Reason reason,
    Jvm jvm,
    Threads threads,
    Executors executors,
    Agent agent,
    List<TrackedFinding> findings,
    long retractedTotal,
    List<String> gone,
    @Nullable TaskView tasks) {

  /** Why a report was made. */
  public enum Reason {
    /** The interval is over, or a finding is new or has ended. */
    PERIODIC,
    /** The JVM is about to exit. */
    FINAL,
    /** Somebody asked. */
    REQUEST
  }

  /**
   * The JVM.
   *
   * @param pid its process id
   * @param version such as {@code 25.0.3}
   * @param uptime since its start
   */
  public record Jvm(long pid, String version, Duration uptime) {}

  /**
   * Threads.
   *
   * @param platform live platform threads
   * @param virtual live virtual threads
   * @param baseline live threads of both kinds when the warm-up ended; 0 while it has not
   * @param startedTotal threads of both kinds seen starting since the agent's start
   */
  public record Threads(long platform, long virtual, long baseline, long startedTotal) {}

  /**
   * Executors and timers.
   *
   * @param live not terminated and not collected
   * @param shutDownNotTerminated of these, shut down
   * @param activeTasks running tasks, summed over the thread pools that keep count
   * @param queuedTasks tasks in their queues
   */
  public record Executors(
      long live, long shutDownNotTerminated, long activeTasks, long queuedTasks) {}

  /**
   * The agent.
   *
   * @param cpuMillis CPU time that sampling, detecting and reporting have used, in ms; time on the clock where the
   *     JVM does not tell
   * @param heapBytes estimated size of the account, in bytes
   * @param hookFailures exceptions caught in hooks since the start
   * @param dropped account entries that were refused because a cap was reached
   */
  public record Agent(long cpuMillis, long heapBytes, long hookFailures, long dropped) {}

  public LeakReport {
    findings = List.copyOf(findings);
    gone = List.copyOf(gone);
  }
}
