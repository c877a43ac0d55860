package io.leakwatch.runtime;

import io.leakwatch.bootstrap.Hooks;
import io.leakwatch.bootstrap.ScopeService;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.ConfigParser;
import io.leakwatch.config.ConfigSources;
import io.leakwatch.config.ParsedConfig;
import io.leakwatch.instrument.Instrumenter;
import io.leakwatch.registry.AgentThread;
import io.leakwatch.registry.Registry;
import io.leakwatch.report.AgentLog;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Puts the agent together: the hooks and the registry here, what is behind them in {@link Pipeline}. Without lambda expressions:
 * the first of these costs the application's start 10 ms.
 */
public final class Leakwatch {
  /** How long the application starts undisturbed by everything but the hooks. */
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private Leakwatch() {}

  /** How the entry class starts the agent before {@code main}. */
  public static final class WithTheJvm
      implements BiFunction<String, Instrumentation, Predicate<String>> {
    /** Does nothing. */
    public WithTheJvm() {}

    @Override
    public Predicate<String> apply(String options, Instrumentation instrumentation) {
      return start(options, instrumentation, false);
    }
  }

  /** How the entry class starts the agent in a JVM that runs already. */
  public static final class OnAttach
      implements BiFunction<String, Instrumentation, Predicate<String>> {
    /** Does nothing. */
    public OnAttach() {}

    @Override
    public Predicate<String> apply(String options, Instrumentation instrumentation) {
      return start(options, instrumentation, true);
    }
  }

  /**
   * Starts the agent. Called once, by the entry class; returns as soon as the JDK is woven, everything else happens on
   * the agent's own thread.
   *
   * @param options the text behind {@code -javaagent:leakwatch.jar=} or of the attach; may be empty
   * @param attached whether the JVM was running already
   * @return takes later agent arguments that are requests: whether one is, never waits for anything
   */
  private static Predicate<String> start(
      String options, Instrumentation instrumentation, boolean attached) {
    ParsedConfig parsed = ConfigParser.parse(ConfigSources.ofThisJvm(options));
    AgentConfig config = parsed.config();
    List<String> startLines = new ArrayList<>();
    startLines.add(JvmFacts.startLine(attached) + parsed.effectiveLine());

    // hooks -> registry
    Hooks.install(null, null, null);
    Instrumenter instrumenter = new Instrumenter(instrumentation);
    List<String> warnings = new ArrayList<>(parsed.warnings());
    warnings.addAll(instrumenter.install());
    // Between the two: what this loads is woven as it is loaded, at a fifth of what it costs later.
    Registry.rehearse();
    instrumenter.weave();
    Registry registry = new Registry(config.stackDepth());
    Hooks.install(registry.threads(), registry.executors(), registry.tasks());

    // Everything behind the registry is made when the application has had its time to start.
    long startNanos = System.nanoTime();
    JvmFacts facts = new JvmFacts(attached);
    AgentLog log = AgentLog.open(config.log());
    Watch watch = new Watch(
        config,
        log,
        new Pipeline(facts, config, registry, instrumentation, log, startNanos),
        instrumenter,
        attached ? 0 : Math.min(HEAD_START.toNanos(), config.interval().toNanos()),
        startLines,
        warnings);
    ExitHook.install(watch, config);
    ScopeService.announce(new TestScopes(watch, config, registry, instrumenter, instrumentation));
    new SamplerThread(watch).start();
    JvmFacts.announce(config.log(), config.redact());
    return watch;
  }

  /** The thread that all the work is done on. */
  private static final class SamplerThread extends AgentThread {
    SamplerThread(Watch watch) {
      super("sampler", watch);
    }

    /** Nobody samples any more, so nobody shall pay for hooks. */
    @Override
    public void uncaughtException(Thread thread, Throwable e) {
      Hooks.install(null, null, null);
      super.uncaughtException(thread, e);
    }
  }
}
