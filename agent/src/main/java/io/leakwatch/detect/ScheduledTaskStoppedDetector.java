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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tasks of scheduled pools that were to run again and again, and do not since they threw. CONFIRMED: each was seen to throw
 * while its pool was open and nobody had cancelled it. What has happened stays reported.
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

  private static String fingerprint(StoppedTasks stopped) {
    return Fingerprint.of(
        FindingKind.SCHEDULED_TASK_STOPPED,
        Culprits.fingerprintFrames(stopped.poolCreatedAt(), List.of(), stopped.taskClass()),
        List.of(stopped.taskClass()));
  }

  private Finding finding(String fingerprint, List<StoppedTasks> stopped, Duration now) {
    FindingKind kind = FindingKind.SCHEDULED_TASK_STOPPED;
    StoppedTasks first = stopped.get(0);
    long count = stopped.stream().mapToLong(StoppedTasks::count).sum();
    String tasks = Words.count(count, "periodic task") + " of " + first.taskClass();
    List<String> suspects = Culprits.suspects(first.poolCreatedAt(), List.of(), owners);
    List<String> evidence = new ArrayList<>();
    stopped.forEach(each ->
        evidence.add(Words.count(each.count(), "task") + " threw " + each.exceptionClass()));
    evidence.add("the pool was open, and nobody had cancelled " + (count == 1 ? "it" : "them"));
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
        suspects,
        tasks + " in the scheduled executor made in " + Words.place(suspects)
            + (count == 1 ? " runs" : " run") + " no more: " + first.exceptionClass(),
        tasks,
        "",
        evidence,
        kind.advice(),
        List.of(),
        Frames.text(first.poolCreatedAt()),
        List.of(),
        List.of());
  }
}
