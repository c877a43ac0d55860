package io.leakwatch.report;

import io.leakwatch.finding.LeakReport;

/** Says reports in the agent's log. */
public final class LogReporter implements Reporter {
  private final AgentLog log;
  private final LogText text;

  /**
   * A reporter into a log.
   *
   * @param log stays open when this is closed: others write to it as well
   * @param text how a report looks
   */
  public LogReporter(AgentLog log, LogText text) {
    this.log = log;
    this.text = text;
  }

  @Override
  public void report(LeakReport report) {
    log.report(text.format(report));
  }

  @Override
  public void close() {}
}
