package io.leakwatch.report;

import io.leakwatch.finding.LeakReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All reporters as one. One that fails never stops the others; it is said once in the agent's log, and again only when
 * it has worked in between. Never throws. Not thread-safe, like the reporters.
 */
public final class Reporters implements Reporter {
  private final List<Reporter> reporters;
  private final AgentLog log;
  private final Set<Reporter> failing = new HashSet<>();

  /**
   * All of these as one.
   *
   * @param reporters called in this order
   * @param log where a failing one is said
   */
  public Reporters(List<Reporter> reporters, AgentLog log) {
    this.reporters = List.copyOf(reporters);
    this.log = log;
  }

  @Override
  public void report(LeakReport report) {
    reportAll(report);
  }

  /** The same; returns whether no reporter failed. */
  public boolean reportAll(LeakReport report) {
    boolean allDone = true;
    for (Reporter reporter : reporters) {
      try {
        reporter.report(report);
        failing.remove(reporter);
      } catch (Throwable e) {
        allDone = false;
        // Errors too: a reporter's missing class, say, is no reason to stop watching.
        if (failing.add(reporter)) {
          log.warn(failure(reporter, e));
        }
      }
    }
    return allDone;
  }

  @Override
  public void close() {
    for (Reporter reporter : reporters) {
      try {
        reporter.close();
      } catch (Throwable e) {
        log.warn(failure(reporter, e));
      }
    }
  }

  /** A reporter's own message names what it could not write; anything else is a defect, and named by its place. */
  private static String failure(Reporter reporter, Throwable e) {
    return e instanceof IOException && e.getMessage() != null
        ? e.getMessage()
        : reporter.getClass().getSimpleName() + " failed: " + e;
  }
}
