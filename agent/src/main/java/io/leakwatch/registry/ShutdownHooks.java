package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's shutdown hooks, by the JDK's own list of them, without its lock. */
public final class ShutdownHooks {
  private static final @Nullable MethodHandle HOOKS =
      JdkLookup.staticField(JdkLookup.find("java.lang.ApplicationShutdownHooks"), "hooks");

  private ShutdownHooks() {}

  /**
   * Those that are registered, without the agent's own; empty when the JVM is shutting down already, when the list is just
   * being changed, or when it cannot be read.
   */
  public static List<Thread> registered() {
    if (HOOKS == null) {
      return List.of();
    }
    try {
      Map<?, ?> hooks = (Map<?, ?>) HOOKS.invoke();
      List<Thread> found = new ArrayList<>();
      if (hooks != null) {
        for (Object hook : hooks.keySet().toArray()) {
          if (hook instanceof Thread thread && !(thread instanceof AgentThread)) {
            found.add(thread);
          }
        }
      }
      return found;
    } catch (Throwable e) {
      return List.of();
    }
  }
}
