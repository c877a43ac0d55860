package io.leakwatch.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration is made from. A value: tests need no environment.
 *
 * @param systemProperties those that start with {@code leakwatch.} count
 * @param environment what starts with {@code LEAKWATCH_} counts, and what tells GitHub
 * @param agentArgument the text after {@code -javaagent:leakwatch.jar=}; null when there is none
 */
public record ConfigSources(
    Map<String, String> systemProperties,
    Map<String, String> environment,
    @Nullable String agentArgument) {

  public ConfigSources {
    systemProperties = Map.copyOf(systemProperties);
    environment = Map.copyOf(environment);
  }

  /** This JVM's own system properties and environment, and the agent's argument. */
  public static ConfigSources ofThisJvm(@Nullable String agentArgument) {
    Properties properties = System.getProperties();
    Map<String, String> systemProperties = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value =
          name.startsWith(OptionNames.PROPERTY_PREFIX) ? properties.getProperty(name) : null;
      // Another thread may have removed it since.
      if (value != null) {
        systemProperties.put(name, value);
      }
    }
    Map<String, String> environment = new HashMap<>();
    for (String variable : System.getenv().keySet()) {
      if (isRead(variable)) {
        environment.put(variable, System.getenv(variable));
      }
    }
    return new ConfigSources(systemProperties, environment, agentArgument);
  }

  private static boolean isRead(String variable) {
    return variable.startsWith(OptionNames.VARIABLE_PREFIX)
        || variable.equals(Annotations.GITHUB_SAYS);
  }

  /** The agent's argument alone. */
  public static ConfigSources ofArgument(@Nullable String agentArgument) {
    return new ConfigSources(Map.of(), Map.of(), agentArgument);
  }
}
