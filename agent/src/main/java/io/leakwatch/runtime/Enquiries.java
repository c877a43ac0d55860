package io.leakwatch.runtime;

import io.leakwatch.cli.AgentProperties;
import io.leakwatch.cli.ProofMessage;
import io.leakwatch.detect.ThreadOrigins;
import io.leakwatch.finding.FindingTracker;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.Redaction;
import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.prove.AccountJoin;
import io.leakwatch.registry.CollectorCycle;
import io.leakwatch.registry.CollectorCycle.ImpossibleException;
import io.leakwatch.registry.MonitorOwners;
import io.leakwatch.registry.Registry;
import io.leakwatch.report.OriginsJson;
import io.leakwatch.report.ProofJson;
import io.leakwatch.report.ProofText;
import io.leakwatch.report.TasksJson;
import io.leakwatch.report.TasksText;
import io.leakwatch.runtime.Answers.Answer;
import io.leakwatch.sample.ProvenThreads;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.Sampler;
import io.leakwatch.tasks.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Answers what somebody outside asks beside reports, from a sample of its own, which is not in the history: the findings go on
 * as if nobody had asked. What was proven from outside comes in here, and goes into the next samples. Used by one thread at a
 * time.
 */
final class Enquiries {
  private final Registry registry;
  private final Sampler sampler;
  private final FindingTracker tracker;
  private final CodeOwners owners;
  private final Redaction redaction;
  private final CycleProof cycle;

  Enquiries(
      Registry registry,
      Sampler sampler,
      FindingTracker tracker,
      CodeOwners owners,
      Redaction redaction) {
    this.registry = registry;
    this.sampler = sampler;
    this.tracker = tracker;
    this.owners = owners;
    this.redaction = redaction;
    this.cycle = new CycleProof(new CollectorCycle(registry));
  }

  /** Between two enquiries: what could not be put back by a proof is tried again. */
  void settle() {
    cycle.putBack();
  }

  /**
   * An answer.
   *
   * @param elapsed since the agent's start
   * @throws IOException with a message of one line, like the next, that says why there is none
   * @throws ImpossibleException when this JVM cannot be asked that
   */
  Answer answer(Request request, Instant now, Duration elapsed)
      throws IOException, ImpossibleException, InterruptedException {
    switch (request.wanted()) {
      case AgentProperties.TASKS -> {
        return new Answer(true, TasksText.format(tasks(now, elapsed)));
      }
      case AgentProperties.TASKS_JSON -> {
        return new Answer(true, TasksJson.format(tasks(now, elapsed)) + "\n");
      }
      case AgentProperties.MONITORS -> {
        return new Answer(true, monitorOwners());
      }
      case AgentProperties.PROOF -> {
        adopt(ProofMessage.read(request.about()));
        List<ThreadOrigin> known =
            origins(sampler.takeExtra(now, elapsed)).stream().map(redaction::of).toList();
        return new Answer(true, OriginsJson.format(known));
      }
      case AgentProperties.CYCLE -> {
        ProofReport proof = proofByCycle(now);
        ProofReport joined =
            redaction.of(AccountJoin.join(proof, origins(sampler.takeExtra(now, elapsed))));
        return new Answer(
            true, ProofJson.format(joined) + "\n" + new ProofText(false).format(joined));
      }
      default -> {
        return new Answer(false, "this agent does not know the request " + request.wanted());
      }
    }
  }

  private TaskView tasks(Instant now, Duration elapsed) {
    Sample sample = sampler.takeExtra(now, elapsed);
    return redaction.of(Objects.requireNonNull(sample.tasks(), "nothing is known of the tasks"));
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
  private ProofReport proofByCycle(Instant now) throws ImpossibleException, InterruptedException {
    registry.extraCensus(thread -> {});
    ProofReport proof = cycle.prove(now);
    sampler.adopt(CycleProof.proven(proof));
    return proof;
  }

  private List<ThreadOrigin> origins(Sample sample) {
    Set<String> open = new HashSet<>();
    tracker.open().forEach(tracked -> open.add(tracked.finding().fingerprint()));
    return new ThreadOrigins(open, owners).of(sample);
  }
}
