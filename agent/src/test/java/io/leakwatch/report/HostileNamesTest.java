package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Document;

/** Whatever an application calls its threads: a report is as many lines, objects, elements and commands as without. */
@SuppressWarnings("StringConcatToTextBlock") // ErrorProne stumbles over the pieces
class HostileNamesTest {
  private static final List<String> PIECES = List.of(
      "\n",
      "\r",
      "\r\n",
      "\u001b[31m",
      "\u0085",
      "\u2028",
      "\u202e",
      "\0",
      "\ud800",
      "\udc00",
      "\"",
      "\\",
      "{}",
      "%s",
      "%0A",
      "${jndi:ldap://x}",
      "::error::",
      "]]>",
      "</failure>",
      "<!--",
      "&lt;",
      "'",
      "},{",
      "\\u000a",
      "LEAK PROVEN  a lie",
      "leakwatch ok: no findings",
      "2026-01-31T12:00:00Z leakwatch INFO");

  private final ObjectMapper json = new ObjectMapper();

  @Property(tries = 300)
  void cannotForgeALineOfTheLog(@ForAll("names") String name) {
    String text = new LogText(false).format(report(name));
    assertThat(text.codePoints()
            .filter(c -> c != '\n' && Character.isISOControl(c))
            .toArray())
        .isEmpty();
    assertThat(text).doesNotContain("\u2028", "\u202e");
    assertThat(beginnings(text)).isEqualTo(beginnings(new LogText(false).format(report("tame"))));
  }

  @Property(tries = 300)
  void cannotBreakALineOfJson(@ForAll("names") String name) throws IOException {
    String line = JsonText.format(report(name));
    assertThat(line).doesNotContain("\n", "\r");
    JsonNode finding = json.readTree(line).get("findings").get(0);
    assertThat(finding.get("threadNames")).hasSize(1);
    assertThat(finding.get("fingerprint").asText()).isEqualTo("7f3a9c21b0d4");
  }

  @Property(tries = 300)
  void cannotBreakXml(@ForAll("names") String name) throws Exception {
    String xml = new JunitXmlReporter("unused", tracked -> true).format(report(name));
    Document document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("*").getLength()).isEqualTo(3);
  }

  @Property(tries = 300)
  void cannotForgeACommandOfGithub(@ForAll("names") String name) throws IOException {
    RecordedOutput output = new RecordedOutput();
    new GithubReporter(output, new File("."), null, tracked -> true).report(report(name));
    assertThat(output.text().lines()).hasSize(1);
    assertThat(output.text()).startsWith("::error ");
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().all().ofMaxLength(8));
    return pieces.list().ofMinSize(1).ofMaxSize(12).map(list -> String.join("", list));
  }

  private static LeakReport report(String name) {
    Finding finding = FindingBuilder.executors()
        .suspects(name)
        .summary(name)
        .headline(name)
        .waiting(name)
        .evidence(name)
        .threadNames(name)
        .createdAt(List.of(name))
        .waitingAt(List.of(name))
        .build();
    return ReportBuilder.healthy()
        .reason(Reason.FINAL)
        .finding(FindingState.NEW, finding)
        .build();
  }

  /** What the lines begin with that mean something to those who search a log. */
  private static List<String> beginnings(String text) {
    return text.lines()
        .filter(line -> line.matches("(LEAK|leakwatch|\\d{4}-).*"))
        .map(line -> line.substring(0, 4))
        .toList();
  }
}
