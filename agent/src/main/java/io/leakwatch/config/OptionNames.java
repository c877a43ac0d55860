package io.leakwatch.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an option is called in each source, and which one was probably meant. */
final class OptionNames {

  static final String PROPERTY_PREFIX = "leakwatch.";

  /** What follows is for the JUnit extension, which reads it itself. */
  static final String TESTS_PREFIX = PROPERTY_PREFIX + "junit.";

  static final String VARIABLE_PREFIX = "LEAKWATCH_";

  /** A word further away than this is another word, not a slip. */
  private static final int MOST_SLIPS = 4;

  private OptionNames() {}

  static String property(String key) {
    return PROPERTY_PREFIX + key;
  }

  static String variable(String key) {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  static @Nullable ConfigOption<?> find(String key) {
    for (ConfigOption<?> option : ConfigOption.all()) {
      if (option.key().equals(key)) {
        return option;
      }
    }
    return null;
  }

  /** The key closest to an unknown one; null when none is close enough to have been meant. */
  static @Nullable String closest(String unknown) {
    String word = unknown.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    String closest = null;
    int fewest = Integer.MAX_VALUE;
    for (ConfigOption<?> option : ConfigOption.all()) {
      String key = option.key();
      // As many slips as letters would turn any word into any other.
      int allowed = Math.min(MOST_SLIPS, key.length() / 2);
      if (Math.abs(key.length() - word.length()) > allowed) {
        continue;
      }
      int slips = slips(word, key);
      if (slips <= allowed && slips < fewest) {
        fewest = slips;
        closest = key;
      }
    }
    return closest;
  }

  /** Levenshtein distance: letters to insert, drop or replace to make one word of the other. */
  private static int slips(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int t = 0; t <= to.length(); t++) {
      row[t] = t;
    }
    for (int f = 1; f <= from.length(); f++) {
      int diagonal = row[0];
      row[0] = f;
      for (int t = 1; t <= to.length(); t++) {
        int replaced = diagonal + (from.charAt(f - 1) == to.charAt(t - 1) ? 0 : 1);
        diagonal = row[t];
        row[t] = Math.min(replaced, Math.min(row[t], row[t - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
