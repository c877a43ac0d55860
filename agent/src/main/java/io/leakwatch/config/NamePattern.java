package io.leakwatch.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A glob that a whole name must match: {@code *} stands for any characters, {@code ?} for exactly one, everything else
 * for itself, in the same case.
 *
 * @param glob the pattern as written
 */
public record NamePattern(String glob) {

  private static final char SEPARATOR = ';';

  /** The patterns of one option: separated by {@code ;}, blanks around each dropped, empty ones left out. */
  public static List<NamePattern> listOf(String text) {
    List<NamePattern> patterns = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int separator = text.indexOf(SEPARATOR, start);
      int end = separator < 0 ? text.length() : separator;
      String glob = text.substring(start, end).strip();
      if (!glob.isEmpty()) {
        patterns.add(new NamePattern(glob));
      }
      start = end + 1;
    }
    return List.copyOf(patterns);
  }

  /** Whether a name matches one of the patterns; {@code null} when there are none. */
  public static @Nullable Predicate<String> anyOf(List<NamePattern> patterns) {
    return patterns.isEmpty() ? null : name -> anyMatches(patterns, name);
  }

  /** Whether one of the patterns matches. */
  public static boolean anyMatches(List<NamePattern> patterns, String name) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the whole name matches.
   *
   * <p>Linear in the name: at most (length of the name + 1) × (length of the glob + 1) steps, whatever the pattern, and no
   * memory. Only the last {@code *} is ever tried again, because an earlier one that took less than it could have never
   * keeps a later part from matching.
   */
  public boolean matches(String name) {
    int n = 0;
    int g = 0;
    int lastStar = -1;
    int nameAtLastStar = 0;
    while (n < name.length()) {
      boolean inGlob = g < glob.length();
      char expected = inGlob ? glob.charAt(g) : 0;
      if (inGlob && expected == '*') {
        lastStar = g++;
        nameAtLastStar = n;
      } else if (inGlob && (expected == '?' || expected == name.charAt(n))) {
        g++;
        n++;
      } else if (lastStar >= 0) {
        g = lastStar + 1;
        n = ++nameAtLastStar;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }

  @Override
  public String toString() {
    return glob;
  }
}
