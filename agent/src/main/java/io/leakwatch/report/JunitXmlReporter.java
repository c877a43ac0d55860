package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.TrackedFinding;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes the final report as a test report, in the form that Ant's JUnit task has introduced and build services read: each
 * open finding is a test, which has failed if the finding changes the exit status and else was skipped. Where there is
 * none, one test has passed: so a report that is missing says that the agent did not run.
 */
public final class JunitXmlReporter implements Reporter {
  private static final String SUITE = "leakwatch";

  private final File file;
  private final Predicate<TrackedFinding> fails;
  private final LogText text = new LogText(false);

  /**
   * A reporter that touches nothing before the final report.
   *
   * @param path of the file, which is written anew, and its owner's only if it has to be created
   * @param fails whether a finding changes the exit status
   */
  public JunitXmlReporter(String path, Predicate<TrackedFinding> fails) {
    // Absolute at once: a message with a relative path would leave its reader guessing.
    this.file = new File(path).getAbsoluteFile();
    this.fails = fails;
  }

  @Override
  public void report(LeakReport report) throws IOException {
    if (report.reason() != Reason.FINAL) {
      return;
    }
    byte[] xml = format(report).getBytes(StandardCharsets.UTF_8);
    File folder = file.getParentFile();
    if (folder != null && !folder.isDirectory() && !folder.mkdirs()) {
      throw new IOException("cannot write JUnit XML to " + file + " (no such folder)");
    }
    try {
      if (file.createNewFile()) {
        AppendedFile.hideFromOthers(file);
      }
      write(xml);
    } catch (IOException e) {
      throw new IOException("cannot write JUnit XML to " + file + " (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {}

  /** The whole document. */
  String format(LeakReport report) {
    List<TrackedFinding> open =
        report.findings().stream().filter(tracked -> tracked.state().isOpen()).toList();
    long failures = open.stream().filter(fails).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"").append(SUITE).append('"');
    xml.append(" tests=\"").append(Math.max(1, open.size())).append('"');
    xml.append(" failures=\"").append(failures).append("\" errors=\"0\"");
    xml.append(" skipped=\"").append(open.size() - failures).append('"');
    xml.append(" time=\"").append(report.jvm().uptime().toSeconds()).append('"');
    xml.append(" timestamp=\"").append(escaped(report.time().toString())).append("\">\n");
    for (TrackedFinding tracked : open) {
      test(xml, tracked);
    }
    if (open.isEmpty()) {
      xml.append("  <testcase classname=\"").append(SUITE).append("\" name=\"no leaks\"/>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private void write(byte[] xml) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write(xml);
    }
  }

  private void test(StringBuilder xml, TrackedFinding tracked) {
    Finding finding = tracked.finding();
    String suspect =
        finding.suspects().isEmpty() ? SUITE : className(finding.suspects().get(0));
    String name = finding.kind().title() + " [" + finding.fingerprint() + "]";
    xml.append("  <testcase classname=\"").append(escaped(suspect));
    xml.append("\" name=\"").append(escaped(name)).append("\">\n");
    String element = fails.test(tracked) ? "failure" : "skipped";
    xml.append("    <").append(element).append(" message=\"");
    xml.append(escaped(finding.summary())).append('"');
    if (element.equals("failure")) {
      xml.append(" type=\"").append(tracked.verdict()).append('"');
    }
    xml.append('>').append(escaped(text.format(tracked)));
    xml.append("</").append(element).append(">\n  </testcase>\n");
  }

  private static String className(String frame) {
    int parenthesis = frame.indexOf('(');
    int method = frame.lastIndexOf('.', parenthesis < 0 ? frame.length() : parenthesis);
    return method < 0 ? frame : frame.substring(0, method);
  }

  /** For text and attributes; what XML cannot hold becomes a question mark. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        default -> {
          boolean allowed = c == '\n'
              || c == '\t'
              || (c >= 0x20 && c < 0xD800)
              || (c >= 0xE000 && c != 0xFFFE && c != 0xFFFF);
          escaped.appendCodePoint(allowed ? c : '?');
        }
      }
    });
    return escaped.toString();
  }
}
