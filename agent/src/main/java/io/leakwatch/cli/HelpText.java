package io.leakwatch.cli;

import io.leakwatch.config.ConfigOption;
import java.util.ArrayList;
import java.util.List;

/** What {@code help} prints, within 100 columns. */
final class HelpText {

  static final int WIDTH = 100;

  private static final String INTRODUCTION = """
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
      """;

  private static final int MEANING_COLUMN = 26;

  private HelpText() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>(INTRODUCTION.lines().toList());
    for (ConfigOption<?> option : ConfigOption.all()) {
      lines.add("");
      addOption(option, lines);
    }
    return lines;
  }

  private static void addOption(ConfigOption<?> option, List<String> lines) {
    String name = "  " + option.key() + "=" + option.defaultText();
    List<String> meaning = wrap(option.meaning());
    meaning.addAll(wrap("Accepts " + option.acceptedForm() + "."));
    for (int i = 0; i < meaning.size(); i++) {
      String margin = i == 0 ? name : "";
      lines.add(margin + " ".repeat(MEANING_COLUMN - margin.length()) + meaning.get(i));
    }
  }

  private static List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    int width = WIDTH - MEANING_COLUMN;
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      lines.add(rest.substring(0, space));
      rest = rest.substring(space + 1);
    }
    lines.add(rest);
    return lines;
  }
}
