package io.leakwatch.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * How one test is looked at: from its annotations, those of the classes around it, and configuration parameters (of {@code
 * junit-platform.properties} or system properties). Of what is one value the innermost counts; patterns add up.
 *
 * @param scope never {@link LeakScope#DEFAULT}
 * @param forAgent the settings that the agent takes
 * @param reportOnly whether leaks are printed and nothing fails
 */
record Settings(LeakScope scope, Map<String, String> forAgent, boolean reportOnly) {
  /** The path of the agent's jar, where it is not on the class path. */
  static final String AGENT = "leakwatch.junit.agent";

  static final String KNOWN = "leakwatch.junit.known";

  /** Of all of the extension's parameters. */
  static final String PREFIX = "leakwatch.junit.";

  private static final String SCOPE = "leakwatch.junit.scope";
  private static final String REPORT_ONLY = "leakwatch.junit.report-only";

  /** The agent's name for how long to wait. */
  static final String LINGER = "linger";

  private static final String NAME = "ignore-name";
  private static final String TOP_FRAME = "ignore-top-frame";
  private static final String ANY_FRAME = "ignore-any-frame";
  private static final String CREATOR = "ignore-creator";

  /** Of the test, or the class of tests, that a context is about. */
  static Settings of(ExtensionContext context) {
    LeakScope scope = LeakScope.DEFAULT;
    String linger = "";
    Map<String, List<String>> patterns = new HashMap<>();
    for (NoLeaks said : annotations(context)) {
      scope = scope == LeakScope.DEFAULT ? said.scope() : scope;
      linger = linger.isEmpty() ? said.linger() : linger;
      add(patterns, NAME, said.ignoreName());
      add(patterns, TOP_FRAME, said.ignoreTopFrame());
      add(patterns, ANY_FRAME, said.ignoreAnyFrame());
      add(patterns, CREATOR, said.ignoreCreator());
    }
    for (String key : List.of(NAME, TOP_FRAME, ANY_FRAME, CREATOR)) {
      parameter(context, PREFIX + key).ifPresent(text -> add(patterns, key, text));
    }
    Map<String, String> forAgent = new HashMap<>();
    patterns.forEach((key, all) -> forAgent.put(key, String.join(";", all)));
    if (linger.isEmpty()) {
      linger = parameter(context, PREFIX + LINGER).orElse("");
    }
    if (!linger.isEmpty()) {
      forAgent.put(LINGER, linger);
    }
    boolean reportOnly = parameter(context, REPORT_ONLY).map(Settings::isTrue).orElse(false);
    return new Settings(
        scope == LeakScope.DEFAULT ? scopeParameter(context) : scope, forAgent, reportOnly);
  }

  static Optional<String> parameter(ExtensionContext context, String key) {
    return context.getConfigurationParameter(key).map(String::strip);
  }

  private static boolean isTrue(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new ExtensionConfigurationException(
          REPORT_ONLY + ": '" + text + "' is not one of true, false");
    }
    return text.equalsIgnoreCase("true");
  }

  private static LeakScope scopeParameter(ExtensionContext context) {
    String text = parameter(context, SCOPE).orElse("method");
    for (LeakScope scope : LeakScope.values()) {
      if (scope != LeakScope.DEFAULT && scope.name().equalsIgnoreCase(text)) {
        return scope;
      }
    }
    throw new ExtensionConfigurationException(
        SCOPE + ": '" + text.toLowerCase(Locale.ROOT) + "' is not one of method, class, run");
  }

  private static void add(Map<String, List<String>> patterns, String key, String... more) {
    if (more.length > 0) {
      patterns.computeIfAbsent(key, k -> new ArrayList<>()).addAll(Arrays.asList(more));
    }
  }

  /** The innermost first. */
  private static List<NoLeaks> annotations(ExtensionContext context) {
    List<NoLeaks> found = new ArrayList<>();
    @Nullable ExtensionContext current = context;
    while (current != null) {
      current
          .getElement()
          .flatMap(element -> AnnotationSupport.findAnnotation(element, NoLeaks.class))
          .filter(annotation -> !found.contains(annotation))
          .ifPresent(found::add);
      current = current.getParent().orElse(null);
    }
    return found;
  }
}
