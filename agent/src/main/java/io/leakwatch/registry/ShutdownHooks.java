package io.leakwatch.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's shutdown hooks, by the JDK's own list of them, without its lock. */
public final class ShutdownHooks {
  private static final @Nullable Class<?> OWNER =
      JdkLookup.find("java.lang.ApplicationShutdownHooks");

  private ShutdownHooks() {}

  /**
   * Those that are registered, without the agent's own; empty when the JVM is shutting down already, when the list is just
   * being changed, or when it cannot be read.
   */
  public static List<Thread> registered() {
    List<Thread> found = new ArrayList<>();
    try {
      if (JdkLookup.readStatic(OWNER, "hooks") instanceof Map<?, ?> hooks) {
        for (Object hook : hooks.keySet().toArray()) {
          if (hook instanceof Thread thread && !(thread instanceof AgentThread)) {
            found.add(thread);
          }
        }
      }
      return found;
    } catch (RuntimeException e) {
      return List.of();
    }
  }
}
