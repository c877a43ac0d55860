package io.leakwatch.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration is made from. A value: tests need no environment.
 *
 * @param systemProperties all of them; those that start with {@code leakwatch.} count
 * @param environment all of it; what starts with {@code LEAKWATCH_} counts
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
      String value = properties.getProperty(name);
      // Another thread may have removed it since.
      if (value != null) {
        systemProperties.put(name, value);
      }
    }
    return new ConfigSources(systemProperties, System.getenv(), agentArgument);
  }

  /** The agent's argument alone. */
  public static ConfigSources ofArgument(@Nullable String agentArgument) {
    return new ConfigSources(Map.of(), Map.of(), agentArgument);
  }
}
