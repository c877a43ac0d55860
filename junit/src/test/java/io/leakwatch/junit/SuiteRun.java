package io.leakwatch.junit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What came of a suite that a launcher of our own has run: by the names of tests and containers, why each has failed. */
final class SuiteRun implements TestExecutionListener {
  private final Map<String, Optional<Throwable>> results =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private SuiteRun() {}

  /** Runs one class, named so because it is no business of others. */
  static SuiteRun of(String className, Map<String, String> parameters) {
    SuiteRun run = new SuiteRun();
    // The system property that names the jar is a configuration parameter, too.
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClass("com.acme.suites." + className))
        .configurationParameters(parameters)
        .build();
    LauncherFactory.create().execute(request, run);
    return run;
  }

  static SuiteRun of(String className) {
    return of(className, Map.of());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    results.put(test.getDisplayName(), result.getThrowable());
  }

  Map<String, Optional<Throwable>> results() {
    return results;
  }

  /** Why it has failed; {@code null} when it has passed. */
  @Nullable
  Throwable failure(String name) {
    Optional<Throwable> result = results.get(name);
    if (result == null) {
      throw new AssertionError("no " + name + " in " + results.keySet());
    }
    return result.orElse(null);
  }

  /** What else was wrong with a test that has failed. */
  List<Throwable> suppressed(String name) {
    return List.of(Objects.requireNonNull(failure(name), name).getSuppressed());
  }

  /** What it says about why it has failed; empty when it has passed. */
  String message(String name) {
    Throwable failure = failure(name);
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }
}
