package io.leakwatch.junit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The agent of this JVM, as the boot bridge shows it. By reflection: linked by name, this class loader could define the
 * bridge's classes for itself, from the agent's jar on the class path, and would talk to nobody. Thread-safe.
 */
final class Agent {
  private static final String SERVICE = "io.leakwatch.bootstrap.ScopeService";

  private static @Nullable Agent running;

  private final MethodHandle open;
  private final MethodHandle enter;
  private final MethodHandle leave;
  private final MethodHandle close;
  private final MethodHandle readKnown;

  private Agent(Class<?> type, Object service) throws ReflectiveOperationException {
    this.open = method(type, service, "open", Object.class, String.class);
    this.enter = method(type, service, "enter", Object.class, Object.class);
    this.leave = method(type, service, "leave", void.class, Object.class);
    this.close = method(type, service, "close", List.class, Object.class, Map.class);
    this.readKnown = method(type, service, "readKnown", List.class, String.class, Consumer.class);
  }

  /**
   * The agent; it is started when it does not run yet.
   *
   * @param context says where its jar is, if not on the class path
   * @throws IllegalStateException when it does not start; the message says what to set
   */
  static Agent of(ExtensionContext context) {
    return get(Settings.parameter(context, Settings.AGENT).orElse(null));
  }

  private static synchronized Agent get(@Nullable String jar) {
    Agent known = running;
    if (known != null) {
      return known;
    }
    Agent found = find();
    if (found == null) {
      AgentStart.attach(jar);
      found = find();
    }
    if (found == null) {
      throw new IllegalStateException(
          "Leakwatch did not start in this JVM; its standard error says why");
    }
    running = found;
    return found;
  }

  Object open(String name) {
    try {
      return open.invoke(name);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns what {@link #leave} is to get. */
  Object enter(Object scope) {
    try {
      return enter.invoke(scope);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void leave(Object before) {
    try {
      leave.invoke(before);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * What is left of a scope.
   *
   * @throws IllegalArgumentException for a bad setting; the message says what is accepted
   */
  @SuppressWarnings("unchecked")
  List<Leak> close(Object scope, Map<String, String> settings) {
    try {
      List<Map<String, Object>> findings =
          (List<Map<String, Object>>) close.invoke(scope, settings);
      return findings.stream().map(Leak::of).toList();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The fingerprints of a file of known leaks that are accepted today; a warning for whatever is wrong with it. */
  @SuppressWarnings("unchecked")
  List<String> readKnown(String file, Consumer<String> warnings) {
    try {
      return (List<String>) readKnown.invoke(file, warnings);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static @Nullable Agent find() {
    try {
      Class<?> type = Class.forName(SERVICE, true, null);
      Object service = type.getMethod("running").invoke(null);
      return service == null ? null : new Agent(type, service);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the Leakwatch agent in this JVM is of another version than leakwatch-junit", e);
    }
  }

  private static MethodHandle method(
      Class<?> type, Object service, String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findVirtual(type, name, MethodType.methodType(result, parameters))
        .bindTo(service);
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
