package io.leakwatch.runtime;

import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.ExclusionPatterns;
import io.leakwatch.config.KnownFindings;
import io.leakwatch.config.NamePattern;
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
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes the rounds over a whole pipeline, from the registry to the reporters; it can be read here. A class, not a lambda
 * expression: the first of these takes 10 ms of the application's start.
 */
final class Pipeline implements Supplier<Rounds> {
  private final JvmFacts facts;
  private final AgentConfig config;
  private final Registry registry;
  private final Instrumentation instrumentation;
  private final AgentLog log;
  private final long startNanos;

  /**
   * Makes nothing yet.
   *
   * @param startNanos when the agent was started, by {@link System#nanoTime}
   */
  Pipeline(
      JvmFacts facts,
      AgentConfig config,
      Registry registry,
      Instrumentation instrumentation,
      AgentLog log,
      long startNanos) {
    this.facts = facts;
    this.config = config;
    this.registry = registry;
    this.instrumentation = instrumentation;
    this.log = log;
    this.startNanos = startNanos;
  }

  @Override
  public Rounds get() {
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

  /** As many as there are when all goes well, and no more than it takes to know what is usual. */
  private static int samplesOfWarmup(AgentConfig config) {
    return (int) Math.min(5, config.warmup().dividedBy(config.interval()));
  }
}
