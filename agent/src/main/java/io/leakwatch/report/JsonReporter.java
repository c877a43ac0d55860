package io.leakwatch.report;

import io.leakwatch.finding.LeakReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes each report as one line of JSON, to a file or to standard output. */
public final class JsonReporter implements Reporter {
  private final LineOutput output;

  private JsonReporter(LineOutput output) {
    this.output = output;
  }

  /**
   * A reporter that opens nothing before its first report.
   *
   * @param target {@code stdout}, or the path of a file, which is appended to and, if it has to be created, is its
   *     owner's only
   */
  public static JsonReporter to(String target) {
    return new JsonReporter(
        target.equals("stdout")
            ? LineOutput.standardOutput()
            : LineOutput.file(target).ownerOnly());
  }

  /**
   * {@inheritDoc}
   *
   * <p>After a failure the next report is tried afresh.
   */
  @Override
  public void report(LeakReport report) throws IOException {
    byte[] line = (JsonText.format(report) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      output.append(line);
    } catch (IOException e) {
      throw new IOException("cannot write JSON to " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {}
}
