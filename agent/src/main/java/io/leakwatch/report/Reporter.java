package io.leakwatch.report;

import io.leakwatch.finding.LeakReport;

/**
 * Says a report somewhere. Only formats and writes; called from one thread at a time.
 *
 * <p>A reporter that throws does not stop the others: the caller says so once and goes on.
 */
public interface Reporter extends AutoCloseable {
  /**
   * Writes one report, flushed when this returns.
   *
   * @throws java.io.IOException when it could not be written; the message names the file and the reason
   */
  void report(LeakReport report) throws java.io.IOException;

  /** Releases what it holds. May be called more than once. */
  @Override
  void close();
}
