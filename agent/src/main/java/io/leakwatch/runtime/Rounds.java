package io.leakwatch.runtime;

import io.leakwatch.bootstrap.Hooks;
import io.leakwatch.cli.AgentProperties;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.KnownFindings;
import io.leakwatch.detect.LeakDetector;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.FindingTracker;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.Redaction;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.registry.CollectorCycle;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.ThreadMeters;
import io.leakwatch.report.AgentLog;
import io.leakwatch.report.LogText;
import io.leakwatch.report.Reporters;
import io.leakwatch.runtime.Answers.Answer;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Sampler;
import io.leakwatch.sample.SiteExecutors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One round after the other of the pipeline: a sample is taken, the detectors look at the history, and what is new or due is
 * reported. Used by one thread at a time.
 *
 * <p>Whatever goes wrong in one round is said once and the next round goes on.
 */
final class Rounds {
  /** Of so many kinds of failure a line each. */
  private static final int MAX_FAILURES_SAID = 8;

  private final JvmFacts facts;
  private final AgentConfig config;
  private final Registry registry;
  private final Sampler sampler;
  private final SampleHistory history;
  private final LeakDetector detectors;
  private final FindingTracker tracker;
  private final KnownFindings known;
  private final Redaction redaction;
  private final Enquiries enquiries;
  private final Reporters reporters;
  private final AgentLog log;
  private final @Nullable ExitBlockers exitBlockers;

  private final long startNanos;
  private final CpuBudget budget;
  private long usedNanos;
  private long sequence;
  private long lastReportNanos;
  private final Set<Class<?>> failuresSaid = new HashSet<>();
  private boolean hookFailureSaid;
  private boolean disarmSaid;

  /**
   * Rounds over one pipeline.
   *
   * @param startNanos when the agent was started, by {@link System#nanoTime}
   */
  Rounds(
      JvmFacts facts,
      AgentConfig config,
      Registry registry,
      Sampler sampler,
      SampleHistory history,
      LeakDetector detectors,
      FindingTracker tracker,
      KnownFindings known,
      Redaction redaction,
      Enquiries enquiries,
      Reporters reporters,
      AgentLog log,
      @Nullable ExitBlockers exitBlockers,
      long startNanos) {
    this.facts = facts;
    this.config = config;
    this.registry = registry;
    this.sampler = sampler;
    this.history = history;
    this.detectors = detectors;
    this.tracker = tracker;
    this.known = known;
    this.redaction = redaction;
    this.enquiries = enquiries;
    this.reporters = reporters;
    this.log = log;
    this.exitBlockers = exitBlockers;
    this.startNanos = startNanos;
    this.lastReportNanos = startNanos;
    this.budget = new CpuBudget(config.interval(), startNanos);
  }

  /** Says some lines. */
  void inform(List<String> lines) {
    lines.forEach(log::info);
  }

  /** Says what went wrong beside the rounds. */
  void warn(List<String> lines) {
    lines.forEach(log::warn);
  }

  /** Whether a fingerprint is in the file of known findings and counts today. */
  boolean isKnown(String fingerprint) {
    return known.contains(fingerprint, LocalDate.now(ZoneOffset.UTC));
  }

  /** Whether a finding is open that must change the exit status. */
  boolean isFailing() {
    return tracker.hasOpenUnknown(config.failOn()::failsOn);
  }

  /** In how many nanoseconds from the begin of a round the next is to begin. */
  long pauseNanos() {
    return budget.next();
  }

  /** Ends the reports and the log. */
  void close() {
    reporters.close();
    log.close();
  }

  /** One round. Never throws. */
  void round(Reason reason) {
    long begin = System.nanoTime();
    long cpuBegin = cpuNanos();
    try {
      enquiries.settle();
      Instant now = Instant.now();
      history.add(sampler.take(now, Duration.ofNanos(begin - startNanos)));
      List<TrackedFinding> findings = tracker.update(detected(begin), now);
      sayHookFailures();
      if (reason != Reason.PERIODIC || isDue(findings, begin)) {
        lastReportNanos = begin;
        reporters.report(report(reason, history.newest(), findings, cpuBegin));
      }
    } catch (Throwable e) {
      sayOnce(e);
    } finally {
      usedNanos += cpuNanos() - cpuBegin;
    }
    String slower = budget.spend(System.nanoTime(), usedNanos);
    if (slower != null) {
      log.warn(slower);
    }
  }

  /** Of the thread that runs this; time on the clock where the JVM does not tell, which is never less. */
  private static long cpuNanos() {
    long cpu = ThreadMeters.cpuNanos(Thread.currentThread());
    return cpu < 0 ? System.nanoTime() : cpu;
  }

  private List<Finding> detected(long now) {
    List<Finding> found = detectors.detect(history);
    List<Finding> blockers = exitBlockers == null ? List.of() : exitBlockers.look(now);
    if (blockers.isEmpty()) {
      return found;
    }
    List<Finding> all = new ArrayList<>(found);
    all.addAll(blockers);
    return all;
  }

  /** Answers somebody outside. Never throws. */
  Answer answer(Request request) {
    long begin = System.nanoTime();
    long cpuBegin = cpuNanos();
    Instant now = Instant.now();
    Duration elapsed = Duration.ofNanos(begin - startNanos);
    try {
      if (request.wanted().equals(AgentProperties.REPORT)) {
        Sample sample = sampler.takeExtra(now, elapsed);
        return write(report(Reason.REQUEST, sample, tracker.open(), cpuBegin));
      }
      return enquiries.answer(request, now, elapsed);
    } catch (IOException | CollectorCycle.ImpossibleException e) {
      return new Answer(false, String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      sayOnce(e);
      return new Answer(false, "the agent failed: " + e);
    } finally {
      usedNanos += cpuNanos() - cpuBegin;
    }
  }

  private Answer write(LeakReport report) {
    String number = "report " + report.sequence();
    boolean written = reporters.reportAll(report) && !log.isFailing();
    if (!written) {
      return new Answer(
          false, number + " could not be written everywhere; the agent's log says why");
    }
    String json = config.json().isEmpty()
        ? ""
        : " and, as JSON, to " + AgentProperties.inWords(JvmFacts.place(config.json()));
    return new Answer(
        true,
        number + " went to " + AgentProperties.inWords(JvmFacts.place(config.log())) + json + "\n");
  }

  /**
   * Behind the last report: says which shutdown hooks hold up the JVM, should there be any when they have had their time.
   * Waits for that long, so on a daemon thread that ends with the JVM.
   */
  void reportHangingHooks() {
    ExitBlockers blockers = exitBlockers;
    if (blockers == null) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(blockers.hang().toNanos());
      LogText text = new LogText(false);
      // The log was closed with the last report.
      try (AgentLog again = AgentLog.open(config.log())) {
        for (Finding finding : blockers.hangingHooks()) {
          TrackedFinding tracked = new TrackedFinding(
              finding, finding.verdict(), FindingState.NEW, Instant.now(), false);
          again.report("leakwatch: the JVM does not end\n\n" + text.format(redaction.of(tracked)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is new or has ended is said at once, everything else when the report interval is over. */
  private boolean isDue(List<TrackedFinding> findings, long now) {
    return now - lastReportNanos >= config.reportInterval().toNanos()
        || findings.stream().anyMatch(f -> f.state() != FindingState.ONGOING);
  }

  private LeakReport report(
      Reason reason, Sample sample, List<TrackedFinding> findings, long cpuBegin) {
    long live = 0;
    long shutDown = 0;
    long running = 0;
    for (SiteExecutors group : sample.executors()) {
      live += group.live();
      shutDown += group.shutDown();
      running += group.running();
    }
    long used = usedNanos + cpuNanos() - cpuBegin;
    LeakReport report = new LeakReport(
        sample.time(),
        ++sequence,
        reason,
        facts.at(sample.elapsed()),
        new LeakReport.Threads(
            sample.platformThreads(),
            sample.virtualThreads(),
            history.baseline().orElse(0),
            registry.threads().startedTotal()),
        new LeakReport.Executors(live, shutDown, running, sample.queuedTasks()),
        new LeakReport.Agent(
            TimeUnit.NANOSECONDS.toMillis(used),
            registry.heapBytes() + history.heapBytes(),
            Hooks.failures(),
            registry.dropped() + tracker.refusedTotal()),
        findings,
        tracker.retractedTotal(),
        reason == Reason.FINAL ? known.without(tracker.knownSeen()) : List.of(),
        sample.tasks());
    return redaction.of(report);
  }

  private void sayHookFailures() {
    if (Hooks.failures() > 0 && !hookFailureSaid) {
      hookFailureSaid = true;
      log.warn("a hook failed with " + Hooks.firstFailure()
          + "; the application is unharmed, failures are counted");
    }
    if (Hooks.disarmed() && !disarmSaid) {
      disarmSaid = true;
      log.warn(
          "the hooks have disarmed themselves after "
              + Hooks.MAX_FAILURES
              + " failures: live threads are still sampled, but starts are no longer counted and new creators not known");
    }
  }

  /** Says what went wrong in a round. Each kind of failure once: what comes after another one, and stays, is the one to know. */
  void sayOnce(Throwable e) {
    if (failuresSaid.size() < MAX_FAILURES_SAID && failuresSaid.add(e.getClass())) {
      log.warn("a round of the agent failed, it goes on with the next: " + e);
    }
  }
}
