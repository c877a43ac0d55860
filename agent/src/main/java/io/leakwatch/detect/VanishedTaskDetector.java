package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.ThreadDetail;
import io.leakwatch.sample.VanishedTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Virtual threads that were started, never ended, and were collected: no dump shows them, and none of their {@code finally}
 * blocks ever runs. PROVEN: what the garbage collector took can not run again, and the count is a lower bound.
 *
 * <p>Those whose code and creation are all the JDK's are its own business.
 */
public final class VanishedTaskDetector implements LeakDetector {
  private static final double SECONDS_A_MINUTE = 60;

  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param owners whose code is whose, for the choice of suspects
   */
  public VanishedTaskDetector(CodeOwners owners) {
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    Map<String, List<VanishedTasks>> byCause = byCause(history.newest());
    List<Finding> findings = new ArrayList<>();
    byCause.forEach((fingerprint, vanished) -> findings.add(
        finding(fingerprint, vanished, since(fingerprint, history), history.newest())));
    return findings;
  }

  private static Map<String, List<VanishedTasks>> byCause(Sample sample) {
    return sample.vanishedTasks().stream()
        .filter(VanishedTaskDetector::isAnApplications)
        .collect(Collectors.groupingBy(
            VanishedTaskDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
  }

  private static boolean isAnApplications(VanishedTasks vanished) {
    return !Frames.isJdk(vanished.taskClass())
        || vanished.createdAt().stream()
            .flatMap(List::stream)
            .anyMatch(frame -> !Frames.isJdk(frame.getClassName()));
  }

  /** By the place that makes them; by their class where there are several, which come to light one after the other. */
  private static String fingerprint(VanishedTasks vanished) {
    List<StackTraceElement> creator =
        vanished.createdAt().size() == 1 ? vanished.createdAt().get(0) : List.of();
    return Fingerprint.of(
        FindingKind.VANISHED_TASK,
        Culprits.fingerprintFrames(creator, List.of(), vanished.taskClass()),
        List.of());
  }

  /** The first sample from which on some had vanished. */
  private static Sample since(String fingerprint, SampleHistory history) {
    List<Sample> samples = history.samples();
    int first = samples.size() - 1;
    while (first > 0 && byCause(samples.get(first - 1)).containsKey(fingerprint)) {
      first--;
    }
    return samples.get(first);
  }

  private Finding finding(
      String fingerprint, List<VanishedTasks> vanished, Sample since, Sample now) {
    FindingKind kind = FindingKind.VANISHED_TASK;
    long count = count(vanished);
    long started = vanished.stream().mapToLong(VanishedTasks::started).sum();
    List<ThreadDetail> lastSeen = new ArrayList<>();
    Set<String> suspects = new LinkedHashSet<>();
    List<List<StackTraceElement>> sites = new ArrayList<>();
    for (VanishedTasks each : vanished) {
      if (each.lastSeen() != null) {
        lastSeen.add(each.lastSeen());
      }
      sites.addAll(each.createdAt());
    }
    sites.forEach(site -> suspects.addAll(Culprits.suspects(site, List.of(), owners)));
    suspects.addAll(Culprits.suspects(List.of(), lastSeen, owners));
    String headline = (count == 1 ? "1 virtual thread" : count + " virtual threads") + " vanished";
    Duration seenFor = now.elapsed().minus(since.elapsed());
    long before = count(byCause(since).getOrDefault(fingerprint, vanished));
    return new Finding(
        fingerprint,
        kind,
        Verdict.PROVEN,
        true,
        count,
        0,
        seenFor.isZero() ? 0 : (count - before) * SECONDS_A_MINUTE * 1_000 / seenFor.toMillis(),
        count == before ? Duration.ZERO : seenFor,
        seenFor,
        List.copyOf(suspects),
        headline + ": made in " + Words.place(List.copyOf(suspects))
            + ", never ended, and taken by the garbage collector",
        headline,
        lastSeen.isEmpty() ? "" : "last seen in " + Culprits.waiting(lastSeen),
        evidence(count, started, sites.size()),
        kind.advice(),
        List.of(),
        sites.isEmpty() ? List.of() : Frames.text(sites.get(0)),
        Frames.text(Culprits.waitingStack(lastSeen)),
        List.of());
  }

  private static List<String> evidence(long count, long started, int sites) {
    List<String> evidence = new ArrayList<>();
    evidence.add(count + " of " + started
        + " started have not ended, and are not alive: nothing could reach them any more");
    evidence.add("no finally block of theirs has run, nor ever will");
    if (sites > 1) {
      evidence.add("such threads are made at " + sites + " places, these may be of any");
    }
    return evidence;
  }

  private static long count(List<VanishedTasks> vanished) {
    return vanished.stream().mapToLong(VanishedTasks::count).sum();
  }
}
