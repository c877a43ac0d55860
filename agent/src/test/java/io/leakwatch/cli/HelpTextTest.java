package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.config.ConfigOption;
import io.leakwatch.config.ConfigParser;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HelpTextTest {

  @Test
  void fitsAHundredColumns() {
    assertThat(HelpText.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(HelpText.WIDTH));
  }

  @Test
  void showsEveryOptionWithDefaultFormAndMeaning() {
    String words = text().replaceAll("\\s+", " ");
    for (ConfigOption<?> option : ConfigOption.all()) {
      assertThat(words)
          .contains(option.key()
              + "="
              + option.defaultText()
              + " "
              + option.meaning()
              + " Accepts "
              + option.acceptedForm()
              + ".");
    }
  }

  @Test
  void beginsWithWhatOneWantsToKnowFirst() {
    assertThat(text()).startsWith("""
            Leakwatch finds leaked threads, virtual threads and executors in a running JVM.

            Usage
              java -javaagent:leakwatch.jar[=OPTIONS] -jar app.jar   watch a JVM from its start
              java -jar leakwatch.jar attach PID [OPTIONS]           watch a JVM that runs already
              java -jar leakwatch.jar tasks PID [--json]             show what its executors run
              java -jar leakwatch.jar report PID                     have it write a full report now
              java -jar leakwatch.jar prove PID|FILE.hprof           prove which threads never run again
              java -jar leakwatch.jar prove --cycle PID              the same by its garbage collector
              java -jar leakwatch.jar baseline REPORTS.json          print its findings for known=FILE
              java -jar leakwatch.jar list                           show the JVMs of this host
              java -jar leakwatch.jar help                           show this text

            Examples
              java -javaagent:leakwatch.jar -jar app.jar
              java -javaagent:leakwatch.jar=interval=1s,warmup=5s,log=leaks.log -jar app.jar
              java -javaagent:leakwatch.jar=fail-on=confirmed,json=leaks.json -jar tests.jar
              java -jar leakwatch.jar attach 4711
              java -jar leakwatch.jar tasks 4711
              java -jar leakwatch.jar attach 4711 "interval=1s,exclude-name=pool-*;http-?"

            Options
              OPTIONS is KEY=VALUE,KEY=VALUE. A value with a comma in it goes into double quotes, or has the
              comma written as \\,. The system property leakwatch.KEY comes before the environment variable
              LEAKWATCH_KEY (LEAKWATCH_FAIL_ON for fail-on), that before OPTIONS, that before the file which
              config=FILE names, and that before the default, which is shown here.

              mode=production         What the JVM is for; ci sets interval, warmup, fail-on, linger, exit-hang
                                      and annotations for tests.
                                      Accepts one of production, ci.

              interval=10s            Sampling period.
                                      Accepts a duration such as 500ms, 10s or 5m (100ms to 720h).
            """);
  }

  @Test
  void wrapsALongMeaningInItsColumn() {
    assertThat(text()).contains("""

              fail-on=never           Weakest verdict that makes the JVM exit with fail-status when such a
                                      finding is open at exit.
                                      Accepts one of never, proven, confirmed, suspected.

            """);
  }

  @Test
  void itsExamplesHaveGoodOptions() {
    Pattern options = Pattern.compile("leakwatch\\.jar=(\\S+) -jar|attach 4711 \"(.+)\"");
    List<String> examples = options
        .matcher(text())
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .toList();
    assertThat(examples).hasSize(3);
    assertThat(examples)
        .allSatisfy(example -> assertThat(ConfigParser.problemsOf(example)).isEmpty());
  }

  private static String text() {
    return String.join("\n", HelpText.lines());
  }
}
