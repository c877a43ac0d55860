package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class JunitXmlReporterTest {
  private final Path folder;

  JunitXmlReporterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void eachOpenFindingIsATestThatHasFailedOrWasSkipped() throws IOException {
    Path file = folder.resolve("new/leaks.xml");

    reporter(file).report(FinalReports.withFindings().build());

    assertThat(Files.readString(file)).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="leakwatch" tests="2" failures="1" errors="0" skipped="1" time="812" timestamp="2026-01-31T12:00:00Z">
              <testcase classname="com.acme.Quotes" name="executor never shut down [7f3a9c21b0d4]">
                <failure message="2 executors made in &lt;Quotes.load&gt;, &quot;none&quot; shut down" type="CONFIRMED">LEAK CONFIRMED  executor never shut down                                     [7f3a9c21b0d4]
              2 executors (2 threads)
              suspect     com.acme.Quotes.load(Quotes.java:42)
              waiting in  LinkedBlockingQueue.take, idle worker, no timeout
              evidence    0 of 2 shut down
              fix         close it &amp; be happy
            </failure>
              </testcase>
              <testcase classname="com.acme.Quotes" name="executor never shut down [0123456789ab]">
                <skipped message="2 executors made in &lt;Quotes.load&gt;, &quot;none&quot; shut down">LEAK SUSPECTED  executor never shut down                                     [0123456789ab]
              2 executors (2 threads)
              suspect     com.acme.Quotes.load(Quotes.java:42)
              waiting in  LinkedBlockingQueue.take, idle worker, no timeout
              evidence    0 of 2 shut down
              fix         close it &amp; be happy
            </skipped>
              </testcase>
            </testsuite>
            """);
  }

  @Test
  void nothingFoundIsATestThatHasPassed() throws Exception {
    Path file = folder.resolve("leaks.xml");
    Files.writeString(file, "from an earlier run");

    reporter(file).report(ReportBuilder.healthy().reason(Reason.FINAL).build());

    Element suite = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("1");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(1);
  }

  @Test
  void onlyTheFinalReportIsWritten() throws IOException {
    Path file = folder.resolve("leaks.xml");

    reporter(file).report(ReportBuilder.healthy().build());

    assertThat(file).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsSaidWithTheFile() {
    assertThatThrownBy(() ->
            reporter(folder).report(ReportBuilder.healthy().reason(Reason.FINAL).build()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write JUnit XML to " + folder);
  }

  private static JunitXmlReporter reporter(Path file) {
    return new JunitXmlReporter(
        file.toString(), tracked -> tracked.verdict().atLeast(Verdict.CONFIRMED));
  }
}
