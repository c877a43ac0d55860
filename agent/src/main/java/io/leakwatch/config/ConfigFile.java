package io.leakwatch.config;

import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.util.List;

/** The file that {@code config} names: one {@code key=value} a line; no escapes, so Windows paths stay as they are. */
final class ConfigFile {

  private ConfigFile() {}

  /** Adds every pair of the file to the settings, and a problem for each line that is none. */
  static void read(String name, String namedBy, Settings settings) {
    List<String> lines;
    try {
      lines = LineFile.read(name);
    } catch (IOException e) {
      settings.addProblem(
          ConfigOption.CONFIG.key()
              + ": "
              + PlainText.quote(name)
              + " ("
              + namedBy
              + ") cannot be read: "
              + PlainText.of(String.valueOf(e.getMessage())),
          "no config file is used");
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!LineFile.isBlankOrComment(line)) {
        String place = ConfigSource.FILE.label() + " " + PlainText.of(name) + ", line " + (i + 1);
        readLine(line, place, settings);
      }
    }
  }

  private static void readLine(String line, String place, Settings settings) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      settings.addProblem(
          PlainText.quote(line) + " (" + place + ") is not key=value", "it is ignored");
      return;
    }
    String key = line.substring(0, equals).strip();
    String value = unquoted(line.substring(equals + 1).strip());
    if (key.equals(ConfigOption.CONFIG.key())) {
      settings.addProblem(
          key + ": a config file cannot name another one (" + place + ")", "it is ignored");
      return;
    }
    settings.add(new Setting(key, value, ConfigSource.FILE, place));
  }

  /** Quotes are not needed here, but a value copied from an agent argument has them. */
  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
