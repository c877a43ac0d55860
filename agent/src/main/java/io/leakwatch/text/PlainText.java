package io.leakwatch.text;

/**
 * Text that came from the application or its user, made fit for a log: it cannot end a line, move the cursor, colour the terminal or
 * turn the reading direction.
 */
public final class PlainText {
  /** Longest piece of a bad value that a message repeats, in characters. */
  private static final int MAX_QUOTED = 200;

  /** Stands for the end of a text that is too long. */
  public static final char CUT = '…';

  private PlainText() {}

  /** The text on one line, control characters written as {@code \n}, {@code \t} or {@code \}{@code u001b}. */
  public static String of(String text) {
    return of(text, Integer.MAX_VALUE);
  }

  /**
   * The text on one line and cut.
   *
   * @param max the most characters that are kept, before escaping; what is longer ends in an ellipsis
   */
  public static String of(String text, int max) {
    if (text.length() <= max && isPlain(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(Math.min(text.length(), max) + 16);
    int next = 0;
    while (next < text.length() && next < max) {
      int codePoint = text.codePointAt(next);
      append(plain, codePoint);
      next += Character.charCount(codePoint);
    }
    if (next < text.length()) {
      plain.append(CUT);
    }
    return plain.toString();
  }

  /** The text on one line, in double quotes, shortened when it is very long. */
  public static String quote(String text) {
    String quoted = '"' + of(text, MAX_QUOTED) + '"';
    return text.length() <= MAX_QUOTED ? quoted : quoted + " (" + text.length() + " characters)";
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder plain, int codePoint) {
    switch (codePoint) {
      case '\n' -> plain.append("\\n");
      case '\r' -> plain.append("\\r");
      case '\t' -> plain.append("\\t");
      default -> {
        if (isSafe(codePoint)) {
          plain.appendCodePoint(codePoint);
        } else {
          for (char unit : Character.toChars(codePoint)) {
            appendEscape(plain, unit);
          }
        }
      }
    }
  }

  private static void appendEscape(StringBuilder plain, char unit) {
    plain.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      plain.append(Character.forDigit((unit >> shift) & 0xf, 16));
    }
  }

  /** Whether a character is no control character, no break of a line, no turn of direction, no half of a pair. */
  public static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> false;
      default -> true;
    };
  }
}
