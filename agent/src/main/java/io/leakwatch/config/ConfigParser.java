package io.leakwatch.config;

import io.leakwatch.text.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration: system property over environment over agent argument over config file over default.
 *
 * <p>Never throws, whatever the text is. A bad part of the input is one warning, and the rest is used. A value that a
 * stronger source overrides is not looked at.
 */
public final class ConfigParser {

  private ConfigParser() {}

  /** Reads the sources, and the config file that they name. */
  public static ParsedConfig parse(ConfigSources sources) {
    Settings settings = gather(sources);
    String file = settings.value(ConfigOption.CONFIG);
    Setting namedBy = settings.find(ConfigOption.CONFIG);
    if (!file.isEmpty() && namedBy != null) {
      ConfigFile.read(file, namedBy.place(), settings);
    }
    AgentConfig config = toConfig(settings, sources.environment());
    List<String> warnings = new ArrayList<>();
    for (Problem problem : settings.problems()) {
      warnings.add(problem.asWarning());
    }
    return new ParsedConfig(config, warnings, settings.describe());
  }

  /**
   * What is wrong with an agent argument, one line for each bad part; empty when it is good. A config file that it names is
   * not read: it may be relative to another working directory.
   */
  public static List<String> problemsOf(String agentArgument) {
    Settings settings = gather(ConfigSources.ofArgument(agentArgument));
    settings.value(ConfigOption.CONFIG);
    toConfig(settings, Map.of());
    List<String> problems = new ArrayList<>();
    for (Problem problem : settings.problems()) {
      problems.add(problem.asRefusal());
    }
    return problems;
  }

  private static Settings gather(ConfigSources sources) {
    Settings settings = new Settings();
    addProperties(sources.systemProperties(), settings);
    addVariables(sources.environment(), settings);
    if (sources.agentArgument() != null) {
      AgentArgument.read(sources.agentArgument(), settings);
    }
    return settings;
  }

  private static void addProperties(Map<String, String> properties, Settings settings) {
    for (Map.Entry<String, String> property :
        startingWith(OptionNames.PROPERTY_PREFIX, properties).entrySet()) {
      String name = property.getKey();
      if (name.startsWith(OptionNames.TESTS_PREFIX)) {
        continue;
      }
      String key = name.substring(OptionNames.PROPERTY_PREFIX.length());
      String label = ConfigSource.SYSTEM_PROPERTY.label();
      if (OptionNames.find(key) == null) {
        String closest = OptionNames.closest(key);
        settings.addUnknown(
            PlainText.quote(name), label, closest == null ? null : OptionNames.property(closest));
      } else {
        String place = label + " " + name;
        String value = property.getValue().strip();
        settings.add(new Setting(key, value, ConfigSource.SYSTEM_PROPERTY, place));
      }
    }
  }

  private static void addVariables(Map<String, String> environment, Settings settings) {
    for (Map.Entry<String, String> variable :
        startingWith(OptionNames.VARIABLE_PREFIX, environment).entrySet()) {
      String name = variable.getKey();
      String place = "environment variable " + name;
      ConfigOption<?> option = findByVariable(name);
      if (option == null) {
        String closest = OptionNames.closest(name.substring(OptionNames.VARIABLE_PREFIX.length()));
        settings.addUnknown(
            PlainText.quote(name),
            "environment variable",
            closest == null ? null : OptionNames.variable(closest));
      } else {
        String value = variable.getValue().strip();
        settings.add(new Setting(option.key(), value, ConfigSource.ENVIRONMENT, place));
      }
    }
  }

  private static @Nullable ConfigOption<?> findByVariable(String name) {
    String key = name.substring(OptionNames.VARIABLE_PREFIX.length())
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
    ConfigOption<?> option = OptionNames.find(key);
    // LEAKWATCH_Interval and LEAKWATCH_FAIL-ON come out as keys, too, but are not how the option is
    // written.
    return option != null && OptionNames.variable(key).equals(name) ? option : null;
  }

  /** Sorted, so that the warnings have the same order in every run. */
  private static Map<String, String> startingWith(String prefix, Map<String, String> all) {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, String> entry : all.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        found.put(entry.getKey(), entry.getValue());
      }
    }
    return found;
  }

  private static AgentConfig toConfig(Settings settings, Map<String, String> environment) {
    Mode mode = settings.value(ConfigOption.MODE);
    String place = ConfigOption.MODE.key() + "=" + mode.name().toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> preset : mode.defaults().entrySet()) {
      settings.add(new Setting(preset.getKey(), preset.getValue(), ConfigSource.MODE, place));
    }
    Duration slowTask = settings.value(ConfigOption.SLOW_TASK);
    Duration heldCarrier = settings.value(ConfigOption.HELD_CARRIER);
    String known = settings.value(ConfigOption.KNOWN);
    return new AgentConfig(
        settings.value(ConfigOption.INTERVAL),
        settings.value(ConfigOption.WARMUP),
        settings.value(ConfigOption.BASELINE_FACTOR),
        settings.value(ConfigOption.SETTLE),
        settings.value(ConfigOption.REPORT_INTERVAL),
        settings.value(ConfigOption.LOG),
        settings.value(ConfigOption.JSON),
        slowTask.isZero() ? null : slowTask,
        heldCarrier.isZero() ? null : heldCarrier,
        settings.value(ConfigOption.FAIL_ON),
        settings.value(ConfigOption.FAIL_STATUS),
        known.isEmpty() ? null : known,
        new ExclusionPatterns(
            settings.value(ConfigOption.EXCLUDE_NAME),
            settings.value(ConfigOption.EXCLUDE_TOP_FRAME),
            settings.value(ConfigOption.EXCLUDE_ANY_FRAME),
            settings.value(ConfigOption.EXCLUDE_CREATOR)),
        settings.value(ConfigOption.REDACT),
        settings.value(ConfigOption.STACK_DEPTH),
        exitOptions(settings, environment));
  }

  private static ExitOptions exitOptions(Settings settings, Map<String, String> environment) {
    Duration hang = settings.value(ConfigOption.EXIT_HANG);
    return new ExitOptions(
        settings.value(ConfigOption.LINGER),
        settings.value(ConfigOption.JUNIT_XML),
        settings.value(ConfigOption.ANNOTATIONS).areForGithub(environment),
        hang.isZero() ? null : hang);
  }
}
