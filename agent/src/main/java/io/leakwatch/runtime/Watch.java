package io.leakwatch.runtime;

import io.leakwatch.bootstrap.Hooks;
import io.leakwatch.cli.AgentProperties;
import io.leakwatch.cli.ProofMessage;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.KnownFindings;
import io.leakwatch.detect.LeakDetector;
import io.leakwatch.detect.ThreadOrigins;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.FindingTracker;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.prove.AccountJoin;
import io.leakwatch.registry.CollectorCycle;
import io.leakwatch.registry.MonitorOwners;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.ThreadMeters;
import io.leakwatch.report.AgentLog;
import io.leakwatch.report.LogText;
import io.leakwatch.report.OriginsJson;
import io.leakwatch.report.ProofJson;
import io.leakwatch.report.ProofText;
import io.leakwatch.report.Reporters;
import io.leakwatch.report.TasksJson;
import io.leakwatch.report.TasksText;
import io.leakwatch.runtime.Answers.Answer;
import io.leakwatch.sample.ProvenThreads;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.Sampler;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.tasks.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pipeline: at each interval a sample is taken, the detectors look at the history, and what is new or due is
 * reported. In between, those who ask are answered. Runs on the agent's sampler thread; {@link #finish} is called by the
 * exit hook, and a test that looks what it has left takes its turn. A lock keeps them apart; in production no thread of
 * the application ever takes it.
 *
 * <p>Whatever goes wrong in one round is said once and the next round goes on.
 */
final class Watch implements Runnable, Predicate<String> {
  /** As many requests may wait; a JVM that does not get round to them needs no more. */
  private static final int MAX_REQUESTS = 16;

  /** How long the exit hook waits for a running round before it gives up on the last report. */
  private static final long EXIT_PATIENCE_SECONDS = 10;

  /** Between two looks at the end. */
  private static final long LINGER_PAUSE_MILLIS = 200;

  private final AgentConfig config;
  private final Registry registry;
  private final Sampler sampler;
  private final SampleHistory history;
  private final LeakDetector detectors;
  private final FindingTracker tracker;
  private final KnownFindings known;
  private final CodeOwners owners;
  private final Reporters reporters;
  private final AgentLog log;
  private final @Nullable ExitBlockers exitBlockers;
  private final List<String> startLines;
  private final List<String> warnings;

  private final JvmFacts facts;
  private final ReentrantLock turn = new ReentrantLock();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>(MAX_REQUESTS);
  private final long startNanos = System.nanoTime();
  private final CpuBudget budget;
  private final CycleProof cycle;
  private long usedNanos;
  private long sequence;
  private long lastReportNanos = startNanos;
  private boolean failureSaid;
  private boolean hookFailureSaid;
  private boolean disarmSaid;
  private volatile boolean finished;
  private @Nullable Answers answers;
  private volatile boolean mustFail;

  Watch(
      JvmFacts facts,
      AgentConfig config,
      Registry registry,
      Sampler sampler,
      SampleHistory history,
      LeakDetector detectors,
      FindingTracker tracker,
      KnownFindings known,
      CodeOwners owners,
      Reporters reporters,
      AgentLog log,
      @Nullable ExitBlockers exitBlockers,
      List<String> startLines,
      List<String> warnings) {
    this.facts = facts;
    this.config = config;
    this.registry = registry;
    this.sampler = sampler;
    this.history = history;
    this.detectors = detectors;
    this.tracker = tracker;
    this.known = known;
    this.owners = owners;
    this.reporters = reporters;
    this.log = log;
    this.exitBlockers = exitBlockers;
    this.startLines = startLines;
    this.warnings = warnings;
    this.cycle = new CycleProof(new CollectorCycle(registry));
    this.budget = new CpuBudget(config.interval(), startNanos);
  }

  @Override
  public void run() {
    takeTurn(this::begin);
    long next = System.nanoTime();
    while (!finished) {
      takeTurn(() -> round(Reason.PERIODIC));
      // A fixed rhythm, but never two rounds at once to catch up after a pause of the machine.
      next = Math.max(next + budget.next(), System.nanoTime());
      answerUntil(next);
    }
  }

  /**
   * Takes a request of somebody outside. Called by the JVM's attach thread, which must not wait: the answer comes later,
   * from the agent's own thread, and what finds no room is not answered.
   *
   * @param argument an agent argument
   * @return whether it is a request; else it is meant as options
   */
  @Override
  public boolean test(String argument) {
    return argument.startsWith(AgentProperties.REQUEST)
        && (requests.offer(argument) || requests.remainingCapacity() == 0);
  }

  /** Takes a last sample and writes the final report. Called once, when the JVM goes down. */
  void finish() {
    boolean mine = false;
    try {
      mine = turn.tryLock(EXIT_PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (mine && !finished) {
        lingerWhileFailing();
        finished = true;
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

  /** What is about to fail a build may just be ending: it gets its time, and no more. */
  private void lingerWhileFailing() throws InterruptedException {
    long deadline = System.nanoTime() + config.exit().linger().toNanos();
    while (System.nanoTime() < deadline && tracker.hasOpenUnknown(config.failOn()::failsOn)) {
      TimeUnit.MILLISECONDS.sleep(LINGER_PAUSE_MILLIS);
      round(Reason.PERIODIC);
    }
  }

  /** Says what went wrong beside the rounds. */
  void warn(List<String> lines) {
    takeTurn(() -> lines.forEach(log::warn));
  }

  /** Whether a fingerprint is in the file of known findings and counts today. */
  boolean isKnown(String fingerprint) {
    return known.contains(fingerprint, LocalDate.now(ZoneOffset.UTC));
  }

  /** Whether a finding is open at the end that must change the exit status. */
  boolean mustFail() {
    return mustFail;
  }

  /** Runs one thing, on the thread that calls, unless the end has come. */
  void takeTurn(Runnable work) {
    turn.lock();
    try {
      if (!finished) {
        work.run();
      }
    } finally {
      turn.unlock();
    }
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

  private void answerUntil(long deadline) {
    long left = deadline - System.nanoTime();
    while (left > 0 && !finished) {
      try {
        String request = requests.poll(Math.min(left, takeAwayAnswers()), TimeUnit.NANOSECONDS);
        if (request != null) {
          answer(request);
        }
      } catch (Throwable e) {
        // A stray interrupt, for one, which nobody has a reason for. It must not end the watch.
        sayOnce(e);
      }
      left = deadline - System.nanoTime();
    }
  }

  private long takeAwayAnswers() {
    return answers == null ? Long.MAX_VALUE : answers.takeAway(System.nanoTime());
  }

  private void answer(String argument) throws ReflectiveOperationException {
    Request request = Request.parse(argument);
    if (request == null) {
      return;
    }
    if (answers == null) {
      answers = new Answers(JvmFacts.agentProperties());
    }
    Answers shown = answers;
    takeTurn(() -> shown.give(request.id(), answer(request), System.nanoTime()));
  }

  /** From a sample of its own, which is not in the history: the findings go on as if nobody had asked. */
  private Answer answer(Request request) {
    long begin = System.nanoTime();
    long cpuBegin = cpuNanos();
    try {
      if (request.wanted().equals(AgentProperties.MONITORS)) {
        return new Answer(true, monitorOwners());
      }
      Instant now = Instant.now();
      if (request.wanted().equals(AgentProperties.PROOF)) {
        adopt(ProofMessage.read(request.about()));
      }
      ProofReport proof = request.wanted().equals(AgentProperties.CYCLE) ? proofByCycle(now) : null;
      Sample sample = sampler.takeExtra(now, Duration.ofNanos(begin - startNanos));
      TaskView tasks = Objects.requireNonNull(sample.tasks(), "nothing is known of the tasks");
      return switch (request.wanted()) {
        case AgentProperties.TASKS -> new Answer(true, TasksText.format(tasks));
        case AgentProperties.TASKS_JSON -> new Answer(true, TasksJson.format(tasks) + "\n");
        case AgentProperties.PROOF -> new Answer(true, OriginsJson.format(origins(sample)));
        case AgentProperties.CYCLE -> new Answer(true, text(proof, sample));
        case AgentProperties.REPORT -> {
          yield write(report(Reason.REQUEST, sample, tracker.open(), cpuBegin));
        }
        default -> new Answer(false, "this agent does not know the request " + request.wanted());
      };
    } catch (IOException | CollectorCycle.ImpossibleException e) {
      return new Answer(false, String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      sayOnce(e);
      return new Answer(false, "the agent failed: " + e);
    } finally {
      usedNanos += cpuNanos() - cpuBegin;
    }
  }

  /** What was proven from outside goes into the samples, from which the detectors see it. */
  private void adopt(ProofMessage proof) {
    sampler.adopt(new ProvenThreads(
        "heap dump of " + proof.takenAt().truncatedTo(ChronoUnit.SECONDS),
        proof.settledPlatform(),
        proof.settledVirtual(),
        proof.proven(),
        proof.found()));
  }

  private static String monitorOwners() {
    StringBuilder text = new StringBuilder();
    MonitorOwners.ofVirtualThreads()
        .forEach(
            (blocked, owner) -> text.append(blocked).append(' ').append(owner).append('\n'));
    return text.toString();
  }

  /** Behind a census, so that the account knows all that it is to keep. */
  private ProofReport proofByCycle(Instant now)
      throws CollectorCycle.ImpossibleException, InterruptedException {
    registry.extraCensus(thread -> {});
    ProofReport proof = cycle.prove(now);
    sampler.adopt(CycleProof.proven(proof));
    return proof;
  }

  private String text(@Nullable ProofReport proof, Sample sample) {
    ProofReport joined =
        AccountJoin.join(Objects.requireNonNull(proof, "no proof"), origins(sample));
    return ProofJson.format(joined) + "\n" + new ProofText(false).format(joined);
  }

  private List<ThreadOrigin> origins(Sample sample) {
    Set<String> open = new HashSet<>();
    tracker.open().forEach(tracked -> open.add(tracked.finding().fingerprint()));
    return new ThreadOrigins(open, owners).of(sample);
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

  private void round(Reason reason) {
    long begin = System.nanoTime();
    long cpuBegin = cpuNanos();
    try {
      cycle.putBack();
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
          again.report("leakwatch: the JVM does not end\n\n" + text.format(tracked));
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
    return new LeakReport(
        sample.time(),
        ++sequence,
        reason,
        facts.at(sample.time()),
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
