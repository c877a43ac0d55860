package io.leakwatch.leakbench;

import io.leakwatch.jdks.Jdk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arguments after the command, written {@code --name value}. */
final class Options {
  private static final Set<String> KNOWN = Set.of(
      "cases",
      "variant",
      "jdk",
      "seconds",
      "slower",
      "repetitions",
      "jobs",
      "agent",
      "options",
      "results",
      "page",
      "section");

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Parses.
   *
   * @throws IllegalArgumentException if a name is not known or a value is missing
   */
  Options(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i).replaceFirst("^--", "");
      if (!KNOWN.contains(name) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--NAME VALUE expected, not " + arguments.get(i));
      }
      values.put(name, arguments.get(i + 1));
    }
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  @Nullable
  String get(String name) {
    return values.get(name);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(get(name, "" + otherwise));
  }

  /** The programs that are asked for by patterns such as {@code p*,h0?}; all if none is given. */
  List<LeakCase> wanted(List<LeakCase> cases) {
    List<Pattern> patterns = Stream.of(get("cases", "*").split(",", -1))
        .map(glob -> Pattern.compile(glob.replace("*", ".*").replace('?', '.')))
        .toList();
    return cases.stream()
        .filter(leakCase ->
            patterns.stream().anyMatch(pattern -> pattern.matcher(leakCase.id()).matches()))
        .toList();
  }

  boolean wants(Variant variant) {
    return get("variant", variant.argument()).equals(variant.argument());
  }

  /**
   * The JDKs that are asked for by feature version; all that are found if none is given.
   *
   * @throws IllegalArgumentException if one is not found
   */
  List<Jdk> jdks(List<Jdk> found) {
    return Jdk.named(get("jdk", ""), found);
  }
}
