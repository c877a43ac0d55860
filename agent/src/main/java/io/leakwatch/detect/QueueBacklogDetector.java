package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Executors whose queue keeps getting longer: its low-water mark has risen {@value RisingFloor#RISES} times {@code settle} times in a
 * row, to a height that it never had before. SUSPECTED, since a wave of work may do that too; CONFIRMED when for all that
 * time every worker has been stuck in the same task.
 *
 * <p>Not when more executors are made at that place: then it is those that grow.
 */
public final class QueueBacklogDetector implements LeakDetector {
  private final int settle;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param settle how often the rise must be seen; see the option of that name
   * @param owners whose code is whose, for the choice of suspects
   */
  public QueueBacklogDetector(int settle, CodeOwners owners) {
    this.settle = settle;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Sample> samples = history.afterWarmup();
    Map<String, List<SiteExecutors>> bySite = history.newest().executors().stream()
        .filter(site -> site.queues().tasks() >= (long) RisingFloor.RISES * settle)
        .collect(Collectors.groupingBy(
            QueueBacklogDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    bySite.forEach((fingerprint, sites) -> {
      RisingFloor rise = samples.isEmpty() ? null : rise(samples, sites);
      if (rise != null) {
        findings.add(finding(fingerprint, sites, rise, history));
      }
    });
    return findings;
  }

  private static String fingerprint(SiteExecutors site) {
    return Fingerprint.of(
        FindingKind.QUEUE_BACKLOG,
        Culprits.fingerprintFrames(site.createdAt(), List.of(), site.className()),
        List.of());
  }

  private @Nullable RisingFloor rise(List<Sample> samples, List<SiteExecutors> sites) {
    Set<Long> origins = new HashSet<>();
    sites.forEach(site -> origins.add(site.origin()));
    List<Queues> queues = samples.stream().map(s -> sum(s.executors(), origins)).toList();
    long[] levels = queues.stream().mapToLong(Queues::tasks).toArray();
    return RisingFloor.lasting(
        samples, levels, settle, rise -> !isMadeMoreOf(samples, queues, rise.firstSample()));
  }

  private static boolean isMadeMoreOf(List<Sample> samples, List<Queues> queues, int firstSample) {
    long now = queues.get(queues.size() - 1).executors();
    for (int i = 0; i < samples.size(); i++) {
      if (samples.get(i).index() >= firstSample && queues.get(i).executors() < now) {
        return true;
      }
    }
    return false;
  }

  private static Queues sum(Collection<SiteExecutors> all, Set<Long> origins) {
    long tasks = 0;
    long executors = 0;
    long threads = 0;
    long maximum = 0;
    long running = 0;
    int stuckSince = 0;
    for (SiteExecutors site : all) {
      if (origins.contains(site.origin())) {
        Queues queues = site.queues();
        tasks += queues.tasks();
        executors += queues.executors();
        threads += queues.threads();
        maximum += queues.maximum();
        running += queues.running();
        stuckSince = queues.tasks() == 0 ? stuckSince : Math.max(stuckSince, queues.stuckSince());
      }
    }
    return new Queues(tasks, executors, threads, maximum, running, stuckSince);
  }

  private Finding finding(
      String fingerprint, List<SiteExecutors> sites, RisingFloor rise, SampleHistory history) {
    FindingKind kind = FindingKind.QUEUE_BACKLOG;
    SiteExecutors site = sites.get(0);
    Set<Long> origins = new HashSet<>();
    sites.forEach(each -> origins.add(each.origin()));
    Queues queues = sum(sites, origins);
    boolean stuck = queues.stuckSince() <= rise.firstSample();
    List<String> suspects = stuck
        ? Culprits.suspectsOfWait(site.createdAt(), site.details(), owners)
        : Culprits.suspects(site.createdAt(), site.details(), owners);
    String place = Words.place(Culprits.suspects(site.createdAt(), List.of(), owners));
    List<String> evidence = new ArrayList<>();
    evidence.add("low-water mark of the queue rose " + rise.rises() + " times in a row, by "
        + Words.count(rise.by(), "task"));
    evidence.add(Words.workers(queues));
    if (stuck) {
      evidence.add("every worker has been in the same task for "
          + Words.seconds(Ages.since(queues.stuckSince(), history)));
    }
    return new Finding(
        fingerprint,
        kind,
        stuck ? Verdict.CONFIRMED : Verdict.SUSPECTED,
        rise.isFresh(),
        queues.tasks(),
        queues.threads(),
        rise.isFresh() ? rise.perMinute() : 0,
        rise.overTime(),
        Duration.ZERO,
        suspects,
        Words.count(queues.tasks(), "task") + " in the queue of "
            + Words.count(queues.executors(), site.noun()) + " made in " + place
            + (stuck ? ", all workers are stuck" : ", more and more"),
        Words.count(queues.tasks(), "task") + " in the queue of "
            + Words.count(queues.executors(), site.noun()),
        Culprits.waiting(site.details()),
        evidence,
        kind.advice(),
        site.names(),
        Frames.text(site.createdAt()),
        Frames.text(Culprits.waitingStack(site.details())),
        List.of());
  }
}
