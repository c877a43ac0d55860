package io.leakwatch.config;

import io.leakwatch.text.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a scope is looked at: what a test framework says.
 *
 * @param linger for how long to wait for what is left to end
 * @param ignored what is not held against the scope
 */
public record ScopeSettings(Duration linger, ExclusionPatterns ignored) {

  /** A duration. */
  public static final String LINGER = "linger";

  /** Patterns, separated by {@code ;}, as the options {@code exclude-name} and so on take them. */
  public static final String IGNORE_NAME = "ignore-name";

  public static final String IGNORE_TOP_FRAME = "ignore-top-frame";
  public static final String IGNORE_ANY_FRAME = "ignore-any-frame";
  public static final String IGNORE_CREATOR = "ignore-creator";

  private static final Duration DEFAULT_LINGER = Duration.ofSeconds(2);
  private static final Set<String> KEYS =
      Set.of(LINGER, IGNORE_NAME, IGNORE_TOP_FRAME, IGNORE_ANY_FRAME, IGNORE_CREATOR);

  /**
   * Reads settings by their names. What is missing has its default: two seconds, and nothing is ignored.
   *
   * @throws IllegalArgumentException for an unknown name or a bad value; the message says what is accepted
   */
  public static ScopeSettings of(Map<String, String> settings) {
    for (String key : settings.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown setting "
            + PlainText.quote(key)
            + "; there are "
            + String.join(", ", new TreeSet<>(KEYS)));
      }
    }
    return new ScopeSettings(
        linger(settings.get(LINGER)),
        new ExclusionPatterns(
            patterns(settings.get(IGNORE_NAME)),
            patterns(settings.get(IGNORE_TOP_FRAME)),
            patterns(settings.get(IGNORE_ANY_FRAME)),
            patterns(settings.get(IGNORE_CREATOR))));
  }

  private static Duration linger(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LINGER;
    }
    ValueForm<Duration> form = ValueForm.duration("0s");
    Duration linger = form.read(text);
    if (linger == null) {
      throw new IllegalArgumentException(
          LINGER + ": " + PlainText.quote(text) + " is not " + form.accepted());
    }
    return linger;
  }

  private static List<NamePattern> patterns(@Nullable String text) {
    return text == null ? List.of() : NamePattern.listOf(text);
  }
}
