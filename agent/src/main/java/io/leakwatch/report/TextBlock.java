package io.leakwatch.report;

import java.nio.charset.StandardCharsets;

/** Lines of text with labels in the first column and values in the second. Not thread-safe. */
final class TextBlock {
  /** Longest line, unless a single word is longer. */
  static final int WIDTH = 120;

  static final int VALUE_COLUMN = 14;
  static final int ITEM_COLUMN = 24;
  static final String VALUE_INDENT = " ".repeat(VALUE_COLUMN);

  private final StringBuilder text = new StringBuilder();

  /** Adds text as it is. */
  TextBlock append(Object piece) {
    text.append(piece);
    return this;
  }

  /** Characters so far. */
  int length() {
    return text.length();
  }

  /** Adds spaces until the text has this length. */
  void pad(int length) {
    text.append(" ".repeat(Math.max(0, length - text.length())));
  }

  /** A line with a label and a value. */
  void line(String label, String value) {
    label(label);
    text.append(value).append('\n');
  }

  /** A value that may be too long for a line: broken between words, aligned under its start. */
  void wrapped(String label, String value) {
    label(label);
    wrap(VALUE_COLUMN, value);
  }

  /** A value with a label of its own in the column of the values, such as the age of a task. */
  void item(String label, String itemLabel, String value) {
    label(label);
    int start = text.length() - VALUE_COLUMN;
    text.append(itemLabel);
    pad(start + ITEM_COLUMN);
    wrap(ITEM_COLUMN, value);
  }

  /** A further line of an item. */
  void itemLine(String value) {
    text.append(" ".repeat(ITEM_COLUMN)).append(value).append('\n');
  }

  /** How many bytes a text has in a log. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void label(String label) {
    int start = text.length();
    text.append("  ").append(label);
    pad(start + VALUE_COLUMN);
  }

  /** From the column on where the text is now. */
  private void wrap(int start, String value) {
    int column = start;
    for (String word : value.split(" ", -1)) {
      if (column > start && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(start));
        column = start;
      } else if (column > start) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
  }
}
