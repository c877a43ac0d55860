package io.leakwatch.config;

/** Makes text from outside fit for one line of a log: nothing in it can end the line or steer a terminal. */
public final class OneLine {

  /** Longest piece of a bad value that a message repeats, in characters. */
  static final int MAX_QUOTED = 200;

  private OneLine() {}

  /** The text with control, format and line-separating characters written as {@code \n} or {@code \}{@code u001b}. */
  public static String escape(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int width = Character.charCount(codePoint);
      if (isHarmless(codePoint)) {
        line.appendCodePoint(codePoint);
      } else {
        for (int k = i; k < i + width; k++) {
          appendEscaped(line, text.charAt(k));
        }
      }
      i += width;
    }
    return line.toString();
  }

  /** The text escaped, in double quotes, shortened when it is very long. */
  public static String quote(String text) {
    if (text.length() <= MAX_QUOTED) {
      return '"' + escape(text) + '"';
    }
    return '"' + escape(text.substring(0, MAX_QUOTED)) + "…\" (" + text.length() + " characters)";
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> false;
      default -> true;
    };
  }

  private static void appendEscaped(StringBuilder line, char c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          line.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
      }
    }
  }
}
