package io.leakwatch.config;

import io.leakwatch.text.PlainText;

/**
 * The text after {@code -javaagent:leakwatch.jar=}, such as {@code interval=1s,log="a, b.log"}.
 *
 * <p>A comma ends a pair. A value holds a comma when the whole value is in double quotes, or when the comma is written as
 * {@code \,}. Nothing else is special: {@code =}, {@code %}, spaces within a value and single backslashes stand for
 * themselves. Blanks around keys and values and empty pairs are left out.
 */
final class AgentArgument {

  private static final String PLACE = ConfigSource.AGENT_ARGUMENT.label();

  private final String text;
  private final Settings settings;
  private int position;

  private AgentArgument(String text, Settings settings) {
    this.text = text;
    this.settings = settings;
  }

  /** Adds every pair of the text to the settings, and a problem for each part that is none. */
  static void read(String text, Settings settings) {
    new AgentArgument(text, settings).readPairs();
  }

  private void readPairs() {
    while (position < text.length()) {
      int equals = text.indexOf('=', position);
      int comma = indexOfComma(position);
      if (equals < 0 || equals > comma) {
        readBareWord(comma);
      } else {
        readPair(equals);
      }
    }
  }

  private void readBareWord(int comma) {
    String word = text.substring(position, comma).strip();
    if (!word.isEmpty()) {
      addProblem(PlainText.quote(word) + " (" + PLACE + ") is not key=value");
    }
    position = comma + 1;
  }

  private void readPair(int equals) {
    String key = text.substring(position, equals).strip();
    position = equals + 1;
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
    if (position < text.length() && text.charAt(position) == '"') {
      readQuotedValue(key);
    } else {
      settings.add(new Setting(key, readPlainValue(), ConfigSource.AGENT_ARGUMENT, PLACE));
    }
  }

  private void readQuotedValue(String key) {
    int open = position;
    int close = text.indexOf('"', open + 1);
    if (close < 0) {
      // Whatever follows may well have been meant as further pairs.
      position = indexOfComma(open) + 1;
      addProblem(PlainText.quote(key) + ": the double quotes are not closed (" + PLACE + ")");
      return;
    }
    int comma = indexOfComma(close);
    position = comma + 1;
    String rest = text.substring(close + 1, comma).strip();
    if (!rest.isEmpty()) {
      addProblem(PlainText.quote(key)
          + ": "
          + PlainText.quote(rest)
          + " after the closing double quotes ("
          + PLACE
          + ")");
      return;
    }
    String value = text.substring(open + 1, close);
    settings.add(new Setting(key, value, ConfigSource.AGENT_ARGUMENT, PLACE));
  }

  private String readPlainValue() {
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == ',') {
        break;
      }
      if (c == '\\' && position < text.length() && text.charAt(position) == ',') {
        c = text.charAt(position++);
      }
      value.append(c);
    }
    return value.toString().strip();
  }

  private int indexOfComma(int from) {
    int comma = text.indexOf(',', from);
    return comma < 0 ? text.length() : comma;
  }

  private void addProblem(String what) {
    settings.addProblem(what, "it is ignored");
  }
}
