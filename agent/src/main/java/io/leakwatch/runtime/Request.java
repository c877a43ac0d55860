package io.leakwatch.runtime;

import io.leakwatch.cli.AgentProperties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody outside of this JVM asks of the agent.
 *
 * @param id tells it from all others
 * @param wanted such as {@link AgentProperties#TASKS}; may be something that only other versions know
 * @param about what it is about; empty for most
 */
record Request(String id, String wanted, String about) {
  private static final Pattern FORM = Pattern.compile(
      Pattern.quote(AgentProperties.REQUEST) + "([0-9A-Za-z-]{1,64}):([a-z-]{1,64})(?::(.+))?");

  /** The request in an agent argument; {@code null} when it is none that could be answered. */
  static @Nullable Request parse(String argument) {
    Matcher matcher = FORM.matcher(argument);
    if (!matcher.matches()) {
      return null;
    }
    String about = matcher.group(3);
    return new Request(matcher.group(1), matcher.group(2), about == null ? "" : about);
  }
}
