package io.leakwatch.benchmarks.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line, written {@code --name value}; {@code --quick} stands alone. Immutable. */
final class Options {
  private static final Set<String> KNOWN = Set.of(
      "--agent",
      "--agent-options",
      "--other-agents",
      "--jdk",
      "--only",
      "--rows",
      "--rounds",
      "--slices",
      "--slice-millis",
      "--warmup-millis",
      "--cpu",
      "--page");

  private final Map<String, String> values = new HashMap<>();
  private final boolean quick;

  /**
   * Parses.
   *
   * @throws IllegalArgumentException if a name is not known or a value is missing; the message says which
   */
  Options(List<String> arguments) {
    boolean isQuick = false;
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (name.equals("--quick")) {
        isQuick = true;
      } else if (!KNOWN.contains(name) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--NAME VALUE expected, not " + name);
      } else {
        values.put(name, arguments.get(++i));
      }
    }
    quick = isQuick;
  }

  /** Whether everything is to be short: that it runs, not what comes out. */
  boolean isQuick() {
    return quick;
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /**
   * A whole number.
   *
   * @param full when it is not given
   * @param inQuick when it is not given and everything is to be short
   * @throws IllegalArgumentException if it is given and is none
   */
  int number(String name, int full, int inQuick) {
    String given = values.get(name);
    if (given == null) {
      return either(full, inQuick);
    }
    try {
      return Integer.parseInt(given);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " takes a whole number, not " + given, e);
    }
  }

  /** The one or, when everything is to be short, the other. */
  int either(int full, int inQuick) {
    return quick ? inQuick : full;
  }

  /** Whether a list names something; it names everything when it is not given. */
  boolean names(String list, String what) {
    String given = values.get(list);
    return given == null || List.of(given.split(",", -1)).contains(what);
  }
}
