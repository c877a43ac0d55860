package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.StoppedTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks of scheduled pools that were to run again and again, and do not since they threw; and those that died with their
 * timer because one threw. CONFIRMED: each was seen to throw while its pool, or timer, was open and nobody had cancelled it.
 * What has happened stays reported.
 */
public final class ScheduledTaskStoppedDetector implements LeakDetector {
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param owners whose code is whose, for the choice of suspects
   */
  public ScheduledTaskStoppedDetector(CodeOwners owners) {
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    Duration now = history.newest().elapsed();
    Map<String, List<StoppedTasks>> byTask = history.newest().stoppedTasks().stream()
        .collect(Collectors.groupingBy(
            ScheduledTaskStoppedDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byTask.forEach((fingerprint, stopped) -> findings.add(finding(fingerprint, stopped, now)));
    return findings;
  }

  /**
   * Of a pool's task by the pool and the class, as ever: where it was scheduled joined later, and known fingerprints stay
   * known. A timer may be collected before its tasks end, and where it was made is then unknown; not so the line that
   * scheduled.
   */
  private static String fingerprint(StoppedTasks stopped) {
    List<StackTraceElement> creator =
        stopped.ofTimer() && !stopped.scheduledAt().isEmpty()
            ? stopped.scheduledAt()
            : stopped.poolCreatedAt();
    return Fingerprint.of(
        FindingKind.SCHEDULED_TASK_STOPPED,
        Culprits.fingerprintFrames(creator, List.of(), stopped.taskClass()),
        List.of(stopped.taskClass()));
  }

  private Finding finding(String fingerprint, List<StoppedTasks> stopped, Duration now) {
    FindingKind kind = FindingKind.SCHEDULED_TASK_STOPPED;
    StoppedTasks first = stopped.get(0);
    long count = stopped.stream().mapToLong(StoppedTasks::count).sum();
    String tasks = tasks(first, count);
    List<String> makers = Culprits.suspects(first.poolCreatedAt(), List.of(), owners);
    Set<String> suspects = new LinkedHashSet<>();
    stopped.forEach(
        each -> suspects.addAll(Culprits.suspects(each.scheduledAt(), List.of(), owners)));
    suspects.addAll(makers);
    return new Finding(
        fingerprint,
        kind,
        Verdict.CONFIRMED,
        true,
        count,
        0,
        0,
        Duration.ZERO,
        now.minus(first.since()),
        List.copyOf(suspects),
        tasks + (first.ofTimer() ? " made in " : " in the scheduled executor made in ")
            + Words.place(makers)
            + (count == 1 ? " runs" : " run") + " no more: "
            + (first.ofTimer() ? first.taskClass() + " threw " : "")
            + first.exceptionClass(),
        tasks,
        "",
        evidence(stopped, count),
        kind.advice(),
        List.of(),
        Frames.text(first.poolCreatedAt()),
        List.of(),
        List.of());
  }

  private static String tasks(StoppedTasks first, long count) {
    return first.ofTimer()
        ? Words.count(count, "task") + " of a dead timer"
        : Words.count(count, "periodic task") + " of " + first.taskClass();
  }

  private static List<String> evidence(List<StoppedTasks> stopped, long count) {
    List<String> evidence = new ArrayList<>();
    if (stopped.get(0).ofTimer()) {
      stopped.forEach(each -> evidence.add(each.taskClass() + " threw " + each.exceptionClass()
          + ", which ended the timer's thread with " + Words.count(each.count(), "task")
          + " in its queue"));
      evidence.add("nobody had cancelled the timer");
    } else {
      stopped.forEach(each ->
          evidence.add(Words.count(each.count(), "task") + " threw " + each.exceptionClass()));
      evidence.add("the pool was open, and nobody had cancelled " + (count == 1 ? "it" : "them"));
    }
    return evidence;
  }
}
