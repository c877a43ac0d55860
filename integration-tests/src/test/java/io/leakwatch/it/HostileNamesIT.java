package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.HostileNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.awaitility.Awaitility;
import org.w3c.dom.Document;

/**
 * Threads have names of a megabyte, and names that look like the agent's own words: nothing of what it writes is forged,
 * broken or long.
 */
class HostileNamesIT {
  private static final String OPTIONS = "interval=200ms,report-interval=1h,warmup=1s,log=leaks.log,"
      + "json=leaks.json,junit-xml=leaks.xml,annotations=github,fail-on=confirmed";

  /** One name is five times as long as all that is written of a few findings. */
  private static final int MOST_CHARS = 200_000;

  /** What a terminal or a reader of lines takes for more than text. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cntrl}&&[^\\n]]|[\\u2028\\u202e\\ufffd]");

  @OnEveryJdk
  void areNeitherForgedNorBrokenNorLong(JdkUnderTest jdk) throws Exception {
    try (AgentProcess app = AgentJvm.on(jdk).options(OPTIONS).main(HostileNames.class)) {
      Path json = app.folder().resolve("leaks.json");
      Awaitility.await()
          .atMost(AgentProcess.DEADLINE)
          .untilAsserted(() -> assertThat(AgentProcess.reports(json))
              .as(app::transcript)
              .anyMatch(report -> report.findings().stream().anyMatch(f -> f.isConfirmed())));
      assertHarmless(tasks(jdk, app));
      app.sendLine("end");
      assertThat(app.awaitExit()).as(app::stderr).isEqualTo(86);

      String log = Files.readString(app.folder().resolve("leaks.log"));
      assertThat(log).contains("LEAK CONFIRMED");
      assertHarmless(log);
      for (String line : Files.readAllLines(json)) {
        assertThat(line.length()).isLessThan(MOST_CHARS);
      }
      assertHarmless(Files.readString(json));
      Path xml = app.folder().resolve("leaks.xml");
      assertHarmless(Files.readString(xml));
      assertTests(xml);
      assertThat(app.stderr()).contains("::error ");
      assertHarmless(app.stderr());
    }
  }

  private static String tasks(JdkUnderTest jdk, AgentProcess app) {
    try (AgentProcess tasks = AgentJvm.on(jdk)
        .withoutAgent()
        .jar(AgentJvm.AGENT_JAR, "tasks", Long.toString(app.pid()))) {
      assertThat(tasks.awaitExit()).as(tasks::transcript).isZero();
      assertThat(tasks.stdout()).contains("running");
      return tasks.stdout();
    }
  }

  private static void assertHarmless(String text) {
    assertThat(text.length()).isLessThan(5 * MOST_CHARS);
    assertThat(HARMFUL.matcher(text).results()).isEmpty();
    assertThat(text).doesNotContain("\n" + HostileNames.FORGED, "\nLEAK PROVEN", "\n::error::");
  }

  /** Each of the open findings is one test, however its threads are called. */
  private static void assertTests(Path xml) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    int tests = Integer.parseInt(document.getDocumentElement().getAttribute("tests"));
    assertThat(tests).isPositive();
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(tests);
    assertThat(document.getElementsByTagName("*").getLength()).isEqualTo(1 + 2 * tests);
  }
}
