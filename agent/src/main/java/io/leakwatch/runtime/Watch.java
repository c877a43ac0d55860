package io.leakwatch.runtime;

import io.leakwatch.bootstrap.Hooks;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.detect.LeakDetector;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.FindingTracker;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.registry.Registry;
import io.leakwatch.report.AgentLog;
import io.leakwatch.report.Reporters;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Sampler;
import io.leakwatch.sample.SiteExecutors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs the pipeline: at each interval a sample is taken, the detectors look at the history, and what is new or due is
 * reported. Runs on the agent's sampler thread; {@link #finish} is called by the exit hook. A lock keeps the two apart,
 * no thread of the application ever takes it.
 *
 * <p>Whatever goes wrong in one round is said once and the next round goes on.
 */
final class Watch implements Runnable {
  /** How long the exit hook waits for a running round before it gives up on the last report. */
  private static final long EXIT_PATIENCE_SECONDS = 10;

  private final AgentConfig config;
  private final Registry registry;
  private final Sampler sampler;
  private final SampleHistory history;
  private final LeakDetector detectors;
  private final FindingTracker tracker;
  private final Reporters reporters;
  private final AgentLog log;
  private final List<String> startLines;
  private final List<String> warnings;

  private final JvmFacts facts;
  private final ReentrantLock turn = new ReentrantLock();
  private final Condition end = turn.newCondition();
  private final long startNanos = System.nanoTime();
  private long busyNanos;
  private long sequence;
  private long lastReportNanos = startNanos;
  private boolean failureSaid;
  private boolean hookFailureSaid;
  private boolean disarmSaid;
  private boolean finished;
  private volatile boolean mustFail;

  Watch(
      JvmFacts facts,
      AgentConfig config,
      Registry registry,
      Sampler sampler,
      SampleHistory history,
      LeakDetector detectors,
      FindingTracker tracker,
      Reporters reporters,
      AgentLog log,
      List<String> startLines,
      List<String> warnings) {
    this.facts = facts;
    this.config = config;
    this.registry = registry;
    this.sampler = sampler;
    this.history = history;
    this.detectors = detectors;
    this.tracker = tracker;
    this.reporters = reporters;
    this.log = log;
    this.startLines = startLines;
    this.warnings = warnings;
  }

  @Override
  public void run() {
    turn.lock();
    try {
      begin();
      long next = System.nanoTime();
      while (!finished) {
        round(Reason.PERIODIC);
        // A fixed rhythm, but never two rounds at once to catch up after a pause of the machine.
        next = Math.max(next + config.interval().toNanos(), System.nanoTime());
        awaitUntil(next);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Takes a last sample and writes the final report. Called once, when the JVM goes down. */
  void finish() {
    boolean mine = false;
    try {
      mine = turn.tryLock(EXIT_PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (mine && !finished) {
        finished = true;
        end.signalAll();
        round(Reason.FINAL);
        mustFail = tracker.hasOpenUnknown(config.failOn()::failsOn);
        reporters.close();
        log.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (mine) {
        turn.unlock();
      }
    }
  }

  /** Whether a finding is open at the end that must change the exit status. */
  boolean mustFail() {
    return mustFail;
  }

  private void begin() {
    try {
      startLines.forEach(log::info);
      warnings.forEach(log::warn);
      SelfTest.run().forEach(log::warn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      sayOnce(e);
    }
  }

  private void awaitUntil(long deadline) {
    try {
      long left = deadline - System.nanoTime();
      while (left > 0 && !finished) {
        left = end.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; a stray interrupt must not end the watch.
      sayOnce(e);
    }
  }

  private void round(Reason reason) {
    long begin = System.nanoTime();
    try {
      Instant now = Instant.now();
      history.add(sampler.take(now, Duration.ofNanos(begin - startNanos)));
      List<TrackedFinding> findings = tracker.update(detectors.detect(history), now);
      sayHookFailures();
      if (reason != Reason.PERIODIC || isDue(findings, begin)) {
        lastReportNanos = begin;
        reporters.report(report(reason, now, findings, begin));
      }
    } catch (Throwable e) {
      sayOnce(e);
    } finally {
      busyNanos += System.nanoTime() - begin;
    }
  }

  /** What is new or has ended is said at once, everything else when the report interval is over. */
  private boolean isDue(List<TrackedFinding> findings, long now) {
    return now - lastReportNanos >= config.reportInterval().toNanos()
        || findings.stream().anyMatch(f -> f.state() != FindingState.ONGOING);
  }

  private LeakReport report(Reason reason, Instant now, List<TrackedFinding> findings, long begin) {
    Sample sample = history.newest();
    long live = 0;
    long shutDown = 0;
    long running = 0;
    for (SiteExecutors group : sample.executors()) {
      live += group.live();
      shutDown += group.shutDown();
      running += group.running();
    }
    long busy = busyNanos + System.nanoTime() - begin;
    return new LeakReport(
        now,
        ++sequence,
        reason,
        facts.at(now),
        new LeakReport.Threads(
            sample.platformThreads(),
            sample.virtualThreads(),
            history.baseline().orElse(0),
            registry.threads().startedTotal()),
        new LeakReport.Executors(live, shutDown, running, sample.queuedTasks()),
        new LeakReport.Agent(
            TimeUnit.NANOSECONDS.toMillis(busy),
            registry.heapBytes() + history.heapBytes(),
            Hooks.failures(),
            registry.dropped() + tracker.refusedTotal()),
        findings,
        tracker.retractedTotal(),
        sample.tasks());
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

  private void sayOnce(Throwable e) {
    if (!failureSaid) {
      failureSaid = true;
      log.warn("a round of the agent failed, it goes on with the next: " + e);
    }
  }
}
