package io.leakwatch.report;

import io.leakwatch.text.PlainText;
import java.util.List;
import java.util.function.Consumer;

/** Writes one JSON object on one line, its fields in the order of the calls. Not thread-safe. */
final class JsonWriter {
  /** Most characters of one text: an application may give a thread a name of any length. */
  static final int MAX_TEXT = 2_000;

  private final StringBuilder json = new StringBuilder();

  /** An object as text, without a newline. */
  static String object(Consumer<JsonWriter> fields) {
    JsonWriter writer = new JsonWriter();
    writer.braces(fields);
    return writer.json.toString();
  }

  JsonWriter field(String name, String value) {
    name(name);
    string(value);
    return this;
  }

  /** Numbers as text, of which none may be left out. */
  JsonWriter numbers(String name, String value) {
    name(name);
    json.append('"').append(value).append('"');
    return this;
  }

  JsonWriter field(String name, long value) {
    name(name);
    json.append(value);
    return this;
  }

  JsonWriter field(String name, boolean value) {
    name(name);
    json.append(value);
    return this;
  }

  /** A number with three decimals at most; JSON has no infinity and no not-a-number, which become 0. */
  JsonWriter field(String name, double value) {
    name(name);
    double rounded = Math.rint(value * 1_000) / 1_000;
    json.append(Double.isFinite(rounded) ? rounded : 0.0);
    return this;
  }

  JsonWriter field(String name, List<String> values) {
    return array(name, values, this::string);
  }

  JsonWriter object(String name, Consumer<JsonWriter> fields) {
    name(name);
    braces(fields);
    return this;
  }

  /** An array with an object for each value; {@code fields} writes the object's. */
  <T> JsonWriter objects(String name, List<T> values, Consumer<T> fields) {
    return array(name, values, value -> braces(writer -> fields.accept(value)));
  }

  private <T> JsonWriter array(String name, List<T> values, Consumer<T> write) {
    name(name);
    json.append('[');
    for (T value : values) {
      comma();
      write.accept(value);
    }
    json.append(']');
    return this;
  }

  private void braces(Consumer<JsonWriter> fields) {
    json.append('{');
    fields.accept(this);
    json.append('}');
  }

  private void name(String name) {
    comma();
    string(name);
    json.append(':');
  }

  /** Before all but the first of an object or an array. */
  private void comma() {
    char last = json.charAt(json.length() - 1);
    if (last != '{' && last != '[') {
      json.append(',');
    }
  }

  private void string(String value) {
    json.append('"');
    int next = 0;
    while (next < value.length() && next < MAX_TEXT) {
      int codePoint = value.codePointAt(next);
      next += Character.charCount(codePoint);
      character(codePoint);
    }
    if (next < value.length()) {
      json.append(PlainText.CUT);
    }
    json.append('"');
  }

  private void character(int codePoint) {
    switch (codePoint) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        if (PlainText.isSafe(codePoint)) {
          json.appendCodePoint(codePoint);
        } else {
          for (char c : Character.toChars(codePoint)) {
            json.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
  }
}
