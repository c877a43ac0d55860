package io.leakwatch.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a test framework may ask of the agent, in types of the JDK only: the two are in class loaders that do not see each
 * other. Thread-safe.
 *
 * <p>A scope is whatever owns what is made in it: one test, one class of tests, one run. The names of the settings and of
 * what a finding consists of are part of the contract, which changes only by adding; {@code io.leakwatch.scope} defines
 * them.
 */
public interface ScopeService {
  /**
   * Opens a scope. From now on whatever is made by a thread that has {@link #enter entered} it belongs to it, and
   * whatever is made by that.
   *
   * @param name how messages call it, such as {@code OrderTest.ships()}
   * @return the scope
   */
  Object open(String name);

  /**
   * The current thread enters a scope.
   *
   * @return what {@link #leave} is to get: where it was before
   */
  Object enter(Object scope);

  /** The current thread goes back to where it was before it entered a scope. */
  void leave(Object before);

  /**
   * Ends a scope: looks what of it is left, waits and looks again until nothing is left or the patience is over. Blocks
   * the caller, for as long as it takes.
   *
   * @param settings such as {@code linger} to {@code 2s}; an unknown key or a bad value is an {@link
   *     IllegalArgumentException} whose message says what is accepted
   * @return the findings, the largest first; of each its parts by name, all of them {@code String}, {@code Long} or a
   *     list of {@code String}
   */
  List<Map<String, Object>> close(Object scope, Map<String, String> settings);

  /**
   * Reads a file of known findings.
   *
   * @param file its name
   * @param warnings gets a line for whatever is wrong with it; a bad line does not count, nor does a file that cannot be
   *     read
   * @return the fingerprints that are accepted today, in the order of the file
   */
  List<String> readKnown(String file, Consumer<String> warnings);

  /** The agent that runs; {@code null} while none does. */
  static @Nullable ScopeService running() {
    Supplier<ScopeService> service = Running.service;
    return service == null ? null : service.get();
  }

  /**
   * Called by the agent, once it runs.
   *
   * @param service gives the same one always
   */
  static void announce(Supplier<ScopeService> service) {
    Running.service = service;
  }

  /** An interface has no fields that change. */
  final class Running {
    private static volatile @Nullable Supplier<ScopeService> service;

    private Running() {}
  }
}
