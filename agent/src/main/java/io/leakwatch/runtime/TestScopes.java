package io.leakwatch.runtime;

import io.leakwatch.bootstrap.ScopeService;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.NamePattern;
import io.leakwatch.finding.Redaction;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.LoadedCode;
import io.leakwatch.instrument.Instrumenter;
import io.leakwatch.registry.Registry;
import io.leakwatch.scope.FindingParts;
import io.leakwatch.scope.LeftoverFindings;
import io.leakwatch.scope.Scopes;
import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a test framework is given, should there be one that asks; until then nothing of it is set up. Thread-safe: one makes,
 * others wait.
 */
final class TestScopes implements Supplier<ScopeService> {
  private final Watch watch;
  private final AgentConfig config;
  private final Registry registry;
  private final Instrumenter instrumenter;
  private final Instrumentation instrumentation;
  private @Nullable ScopeService made;

  TestScopes(
      Watch watch,
      AgentConfig config,
      Registry registry,
      Instrumenter instrumenter,
      Instrumentation instrumentation) {
    this.watch = watch;
    this.config = config;
    this.registry = registry;
    this.instrumenter = instrumenter;
    this.instrumentation = instrumentation;
  }

  @Override
  public synchronized ScopeService get() {
    ScopeService known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  private ScopeService make() {
    CodeOwners owners = new LoadedCode(instrumentation, MainClass.ofThisJvm());
    return new Scopes(
        registry,
        work -> watch.takeTurn(rounds -> work.run()),
        () -> watch.warn(instrumenter.installScopes()),
        new LeftoverFindings(registry, owners, config.exclusions(), config.stackDepth()),
        new FindingParts(watch::isKnown, new Redaction(NamePattern.anyOf(config.redact()))));
  }
}
