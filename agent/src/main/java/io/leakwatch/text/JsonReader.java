package io.leakwatch.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259) into maps, lists, strings, numbers ({@link Double}), booleans and {@code null}. For the
 * reports that the agent itself has written: small, strict, and not fast. Not thread-safe.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException when it is no JSON; the message tells where and why
   */
  public static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipBlanks();
    Object value = reader.value();
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    enter();
    if (!isNext('}')) {
      do {
        skipBlanks();
        String key = string();
        skipBlanks();
        expect(':');
        skipBlanks();
        object.put(key, value());
        skipBlanks();
      } while (isNext(','));
      expect('}');
    }
    depth--;
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    enter();
    if (!isNext(']')) {
      do {
        skipBlanks();
        array.add(value());
        skipBlanks();
      } while (isNext(','));
      expect(']');
    }
    depth--;
    return array;
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
    }
    skipBlanks();
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        at--;
        throw unexpected("a quote");
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int end = Math.min(text.length(), at + 4);
        String digits = text.substring(at, end);
        if (!digits.matches("[0-9a-fA-F]{4}")) {
          throw unexpected("four hex digits");
        }
        at = end;
        yield (char) Integer.parseInt(digits, 16);
      }
      default -> {
        at--;
        throw unexpected("an escape");
      }
    };
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      at = start;
      throw unexpected("a value");
    }
    return Double.valueOf(digits);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return value;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean isNext(char c) {
    boolean is = at < text.length() && text.charAt(at) == c;
    if (is) {
      at++;
    }
    return is;
  }

  private void expect(char c) {
    if (!isNext(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char next() {
    if (at == text.length()) {
      throw unexpected("a quote");
    }
    return text.charAt(at++);
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException("expected " + expected + " at character " + (at + 1)
        + (at < text.length() ? ", not " + PlainText.quote(text.substring(at, at + 1)) : ""));
  }
}
