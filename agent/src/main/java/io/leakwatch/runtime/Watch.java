package io.leakwatch.runtime;

import io.leakwatch.cli.AgentProperties;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.FailOn;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.instrument.Instrumenter;
import io.leakwatch.registry.Registry;
import io.leakwatch.report.AgentLog;
import io.leakwatch.report.RehearsedReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the rounds of the pipeline are: one at each interval, on the agent's sampler thread; in between, those who ask are
 * answered. {@link #finish} is called by the exit hook, and a test that looks what it has left takes its turn. A lock keeps
 * them apart; in production no thread of the application ever takes it.
 *
 * <p>The pipeline is made for the first round, or for whoever asks before that: what there is to do while the application
 * starts is done by the hooks.
 */
final class Watch implements Runnable, Predicate<String> {
  /** As many requests may wait; a JVM that does not get round to them needs no more. */
  private static final int MAX_REQUESTS = 16;

  /** How long the exit hook waits for a running round before it gives up on the last report. */
  private static final long EXIT_PATIENCE_SECONDS = 10;

  /** Between two looks at the end. */
  private static final long LINGER_PAUSE_MILLIS = 200;

  private final AgentConfig config;
  private final AgentLog log;
  private final Supplier<Rounds> pipeline;
  private final Instrumenter instrumenter;
  private final long headStartNanos;
  private final List<String> startLines;
  private final List<String> warnings;

  private final ReentrantLock turn = new ReentrantLock();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>(MAX_REQUESTS);
  private @Nullable Rounds rounds;
  private @Nullable Answers answers;
  private boolean failureSaid;
  private volatile boolean finished;
  private volatile boolean mustFail;

  /**
   * A watch that begins with the first turn that somebody takes.
   *
   * @param pipeline what the rounds are of; asked once
   * @param instrumenter has woven; with the first turn it is asked what is dead
   * @param headStartNanos for how long the application starts undisturbed
   */
  Watch(
      AgentConfig config,
      AgentLog log,
      Supplier<Rounds> pipeline,
      Instrumenter instrumenter,
      long headStartNanos,
      List<String> startLines,
      List<String> warnings) {
    this.config = config;
    this.log = log;
    this.pipeline = pipeline;
    this.instrumenter = instrumenter;
    this.headStartNanos = headStartNanos;
    this.startLines = startLines;
    this.warnings = warnings;
    // What is needed when there is no memory left must have been found before.
    pause(1);
  }

  /**
   * Watches until the end. Whatever a round does not catch itself (no memory is left even to say so; somebody stops threads that
   * are not his) is outlived: an agent that dies would take the application's handler of uncaught exceptions with it.
   */
  @Override
  public void run() {
    answerNext(headStartNanos);
    while (!finished) {
      try {
        watch();
      } catch (Throwable e) {
        outlive(e);
      }
    }
  }

  private void watch() {
    long next = System.nanoTime();
    while (!finished) {
      long begin = next;
      takeTurn(now -> now.round(Reason.PERIODIC));
      // A fixed rhythm, but never two rounds at once to catch up after a pause of the machine.
      next = Math.max(begin + pauseNanos(), System.nanoTime());
      answerUntil(next);
    }
  }

  private void outlive(Throwable e) {
    try {
      say(e);
    } catch (Throwable again) {
      // Nor can it be said. The next round may find better times, after a while without a load.
    }
    pause(config.interval().toNanos());
  }

  private void say(Throwable e) {
    Rounds now = rounds;
    if (now != null) {
      now.sayOnce(e);
    } else if (!failureSaid) {
      failureSaid = true;
      log.warn("the agent could not begin, it tries again: " + e);
    }
  }

  /** Not a sleep: that throws where somebody interrupts. */
  private static void pause(long nanos) {
    LockSupport.parkNanos(nanos);
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
        if (rounds == null && !isFinalReportAwaited()) {
          sayThatNothingWasSeen();
        } else {
          finish(begun());
        }
        finished = true;
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

  private void finish(Rounds last) throws InterruptedException {
    // What is about to fail a build may just be ending: it gets its time, and no more.
    long deadline = System.nanoTime() + config.exit().linger().toNanos();
    while (System.nanoTime() < deadline && last.isFailing()) {
      TimeUnit.MILLISECONDS.sleep(LINGER_PAUSE_MILLIS);
      last.round(Reason.PERIODIC);
    }
    last.round(Reason.FINAL);
    mustFail = last.isFailing();
    last.close();
  }

  /** Whether more is to come of the end than a line in the log. */
  private boolean isFinalReportAwaited() {
    return config.failOn() != FailOn.NEVER
        || !config.json().isEmpty()
        || !config.exit().junitXml().isEmpty()
        || config.exit().githubAnnotations()
        || config.exit().hang() != null;
  }

  private void sayThatNothingWasSeen() {
    List<String> lines = new ArrayList<>(startLines);
    lines.add("the JVM ended before the first sample");
    log.writeOnly(lines, warnings);
  }

  /** Says what went wrong beside the rounds. */
  void warn(List<String> lines) {
    takeTurn(now -> now.warn(lines));
  }

  /** Whether a fingerprint is in the file of known findings and counts today. */
  boolean isKnown(String fingerprint) {
    turn.lock();
    try {
      return begun().isKnown(fingerprint);
    } finally {
      turn.unlock();
    }
  }

  /** Behind the last report, see {@link Rounds#reportHangingHooks}. */
  void reportHangingHooks() {
    Rounds last = rounds;
    if (last != null) {
      last.reportHangingHooks();
    }
  }

  /** Whether a finding is open at the end that must change the exit status. */
  boolean mustFail() {
    return mustFail;
  }

  /** Runs one thing, on the thread that calls, unless the end has come. */
  void takeTurn(Consumer<Rounds> work) {
    turn.lock();
    try {
      if (!finished) {
        work.accept(begun());
      }
    } finally {
      turn.unlock();
    }
  }

  private Rounds begun() {
    Rounds now = rounds;
    if (now == null) {
      now = pipeline.get();
      rounds = now;
      begin(now);
    }
    return now;
  }

  private void begin(Rounds now) {
    try {
      startLines.forEach(log::info);
      warnings.forEach(log::warn);
      instrumenter.deadHooks().forEach(log::warn);
      SelfTest.run().forEach(log::warn);
      RehearsedReport.format();
      Registry.prepare();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      now.sayOnce(e);
    }
  }

  private long pauseNanos() {
    Rounds now = rounds;
    return now == null ? config.interval().toNanos() : now.pauseNanos();
  }

  private void answerUntil(long deadline) {
    long left = deadline - System.nanoTime();
    while (left > 0 && !finished) {
      answerNext(left);
      left = deadline - System.nanoTime();
    }
  }

  /** Answers one request, should there be one before so many nanoseconds are over. */
  private void answerNext(long nanos) {
    try {
      String request = requests.poll(Math.min(nanos, takeAwayAnswers()), TimeUnit.NANOSECONDS);
      if (request != null) {
        answer(request);
      }
    } catch (Throwable e) {
      // A stray interrupt, for one, which nobody has a reason for. It must not end the watch.
      say(e);
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
    takeTurn(now -> shown.give(request.id(), now.answer(request), System.nanoTime()));
  }
}
