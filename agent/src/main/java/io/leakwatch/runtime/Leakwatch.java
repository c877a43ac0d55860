package io.leakwatch.runtime;

import io.leakwatch.bootstrap.Hooks;
import io.leakwatch.bootstrap.ScopeService;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.ConfigParser;
import io.leakwatch.config.ConfigSources;
import io.leakwatch.config.ExclusionPatterns;
import io.leakwatch.config.KnownFindings;
import io.leakwatch.config.NamePattern;
import io.leakwatch.config.ParsedConfig;
import io.leakwatch.detect.BaselineDetector;
import io.leakwatch.detect.DeadlockDetector;
import io.leakwatch.detect.Detectors;
import io.leakwatch.detect.Exclusions;
import io.leakwatch.detect.ExecutorNeverShutDownDetector;
import io.leakwatch.detect.ExecutorNotTerminatedDetector;
import io.leakwatch.detect.HeldCarrierDetector;
import io.leakwatch.detect.LeakDetector;
import io.leakwatch.detect.LockHeldLongDetector;
import io.leakwatch.detect.LockNeverReleasedDetector;
import io.leakwatch.detect.QueueBacklogDetector;
import io.leakwatch.detect.ScheduleBehindDetector;
import io.leakwatch.detect.ScheduledTaskStoppedDetector;
import io.leakwatch.detect.SlowTaskDetector;
import io.leakwatch.detect.StarvedSchedulerDetector;
import io.leakwatch.detect.ThreadGrowthDetector;
import io.leakwatch.detect.VanishedTaskDetector;
import io.leakwatch.finding.FindingTracker;
import io.leakwatch.finding.Redaction;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.LoadedCode;
import io.leakwatch.instrument.Instrumenter;
import io.leakwatch.registry.AgentThread;
import io.leakwatch.registry.Registry;
import io.leakwatch.report.AgentLog;
import io.leakwatch.report.GithubReporter;
import io.leakwatch.report.JsonReporter;
import io.leakwatch.report.JunitXmlReporter;
import io.leakwatch.report.LogReporter;
import io.leakwatch.report.LogText;
import io.leakwatch.report.Reporter;
import io.leakwatch.report.Reporters;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Sampler;
import io.leakwatch.scope.FindingParts;
import io.leakwatch.scope.LeftoverFindings;
import io.leakwatch.scope.Scopes;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts the agent together. The whole pipeline can be read here, from the hooks to the reporters.
 */
public final class Leakwatch {
  /** How long the application starts undisturbed by everything but the hooks. */
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private Leakwatch() {}

  /**
   * Starts the agent. Called once, by the entry class; returns as soon as the JDK is woven, everything else happens on
   * the agent's own thread.
   *
   * @param options the text behind {@code -javaagent:leakwatch.jar=} or of the attach; may be empty
   * @param attached whether the JVM was running already
   * @return takes later agent arguments that are requests: whether one is, never waits for anything
   */
  public static Predicate<String> start(
      String options, Instrumentation instrumentation, boolean attached) {
    ParsedConfig parsed = ConfigParser.parse(ConfigSources.ofThisJvm(options));
    AgentConfig config = parsed.config();
    List<String> startLines = new ArrayList<>();
    startLines.add(JvmFacts.startLine(attached) + parsed.effectiveLine());

    // hooks -> registry
    Registry.rehearse();
    Hooks.install(null, null, null);
    Registry registry = new Registry(config.stackDepth());
    List<String> warnings = new ArrayList<>(parsed.warnings());
    Instrumenter instrumenter = new Instrumenter(instrumentation);
    warnings.addAll(instrumenter.install());
    Hooks.install(registry.threads(), registry.executors(), registry.tasks());

    // Everything behind the registry is made when the application has had its time to start.
    long startNanos = System.nanoTime();
    JvmFacts facts = new JvmFacts(attached);
    AgentLog log = AgentLog.open(config.log());
    Watch watch = new Watch(
        config,
        log,
        () -> pipeline(facts, config, registry, instrumentation, log, startNanos),
        instrumenter::complete,
        attached ? 0 : Math.min(HEAD_START.toNanos(), config.interval().toNanos()),
        startLines,
        warnings);
    ExitHook.install(watch, config);
    ScopeService.announce(
        new Once<>(() -> scopes(watch, config, registry, instrumenter, instrumentation)));
    startSampler(watch);
    JvmFacts.announce(config.log(), config.redact());
    return watch;
  }

  private static void startSampler(Watch watch) {
    AgentThread sampler = new AgentThread("sampler", watch);
    Thread.UncaughtExceptionHandler inherited = sampler.getUncaughtExceptionHandler();
    sampler.setUncaughtExceptionHandler((thread, e) -> {
      // Nobody samples any more, so nobody shall pay for hooks.
      Hooks.install(null, null, null);
      inherited.uncaughtException(thread, e);
    });
    sampler.start();
  }

  private static Rounds pipeline(
      JvmFacts facts,
      AgentConfig config,
      Registry registry,
      Instrumentation instrumentation,
      AgentLog log,
      long startNanos) {
    ExclusionPatterns exclusions = config.exclusions();
    KnownFindings known = KnownFindings.read(config.known(), LocalDate.now(ZoneOffset.UTC));
    known.warnings().forEach(log::warn);

    // registry -> sampler -> history
    CodeOwners owners = new LoadedCode(instrumentation, MainClass.ofThisJvm());
    Sampler sampler = new Sampler(
        registry,
        NamePattern.anyOf(exclusions.name()),
        config.stackDepth(),
        config.slowTask(),
        owners);
    SampleHistory history = new SampleHistory(config.warmup(), samplesOfWarmup(config));

    // history -> detectors -> findings
    LeakDetector detectors = new Exclusions(
        new Detectors(List.of(
            new ExecutorNeverShutDownDetector(config.settle(), owners),
            new ExecutorNotTerminatedDetector(config.settle(), owners),
            new ThreadGrowthDetector(config.settle(), owners),
            new QueueBacklogDetector(config.settle(), owners),
            new ScheduledTaskStoppedDetector(owners),
            new ScheduleBehindDetector(config.settle(), owners),
            new VanishedTaskDetector(owners),
            new SlowTaskDetector(owners),
            new HeldCarrierDetector(config.heldCarrier(), owners),
            new StarvedSchedulerDetector(config.heldCarrier(), owners),
            new DeadlockDetector(owners),
            new LockNeverReleasedDetector(owners),
            new LockHeldLongDetector(config.settle(), owners),
            new BaselineDetector(config.baselineFactor()))),
        NamePattern.anyOf(exclusions.topFrame()),
        NamePattern.anyOf(exclusions.anyFrame()),
        NamePattern.anyOf(exclusions.creator()));
    FindingTracker tracker = new FindingTracker(
        config.settle(), fingerprint -> known.contains(fingerprint, LocalDate.now(ZoneOffset.UTC)));

    // findings -> reporters
    List<Reporter> reporters = new ArrayList<>();
    reporters.add(new LogReporter(log, new LogText(false)));
    if (!config.json().isEmpty()) {
      reporters.add(JsonReporter.to(config.json()));
    }
    Predicate<TrackedFinding> fails =
        tracked -> !tracked.known() && config.failOn().failsOn(tracked.verdict());
    if (!config.exit().junitXml().isEmpty()) {
      reporters.add(new JunitXmlReporter(config.exit().junitXml(), fails));
    }
    if (config.exit().githubAnnotations()) {
      reporters.add(GithubReporter.toStandardError(fails));
    }
    Redaction redaction = new Redaction(NamePattern.anyOf(config.redact()));
    Duration hang = config.exit().hang();
    ExitBlockers exitBlockers =
        hang == null ? null : new ExitBlockers(registry, owners, config.stackDepth(), hang);
    return new Rounds(
        facts,
        config,
        registry,
        sampler,
        history,
        detectors,
        tracker,
        known,
        redaction,
        new Enquiries(registry, sampler, tracker, owners, redaction),
        new Reporters(reporters, log),
        log,
        exitBlockers,
        startNanos);
  }

  /** For a test framework, should there be one that asks; until then nothing of it is set up. */
  private static ScopeService scopes(
      Watch watch,
      AgentConfig config,
      Registry registry,
      Instrumenter instrumenter,
      Instrumentation instrumentation) {
    CodeOwners owners = new LoadedCode(instrumentation, MainClass.ofThisJvm());
    return new Scopes(
        registry,
        work -> watch.takeTurn(rounds -> work.run()),
        () -> watch.warn(instrumenter.installScopes()),
        new LeftoverFindings(registry, owners, config.exclusions(), config.stackDepth()),
        new FindingParts(watch::isKnown, new Redaction(NamePattern.anyOf(config.redact()))));
  }

  /** As many as there are when all goes well, and no more than it takes to know what is usual. */
  private static int samplesOfWarmup(AgentConfig config) {
    return (int) Math.min(5, config.warmup().dividedBy(config.interval()));
  }
}
