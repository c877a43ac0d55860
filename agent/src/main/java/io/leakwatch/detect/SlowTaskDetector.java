package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SlowTask;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tasks that run in a thread pool for longer than {@code slow-task}, while they run; by what task it is, so that the same
 * task slow in ten workers is one finding. It ends when the tasks do. SUSPECTED: to be slow is no leak.
 *
 * <p>Tasks that began before the warm-up was over are loops that were meant to run for ever.
 */
public final class SlowTaskDetector implements LeakDetector {
  /** The outermost application frames of a task say which it is; what it is at changes from sample to sample. */
  private static final int ENTRY_FRAMES = 2;

  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param owners whose code is whose, for the choice of suspects
   */
  public SlowTaskDetector(CodeOwners owners) {
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Sample> samples = history.afterWarmup();
    if (samples.isEmpty()) {
      return List.of();
    }
    int warmedUp = samples.get(0).index();
    Map<List<String>, List<SlowTask>> byEntry = history.newest().slowTasks().stream()
        .filter(task -> task.since() > warmedUp && !task.thread().stack().isEmpty())
        .collect(Collectors.groupingBy(
            task -> entry(task.thread().stack()), LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byEntry.forEach((entry, tasks) -> findings.add(finding(entry, tasks)));
    return findings;
  }

  private Finding finding(List<String> entry, List<SlowTask> tasks) {
    FindingKind kind = FindingKind.SLOW_TASK;
    SlowTask oldest = tasks.get(0);
    List<ThreadDetail> details = tasks.stream().map(SlowTask::thread).toList();
    String name = Words.place(entry.subList(entry.size() - 1, entry.size()));
    Duration runningFor = oldest.runningFor();
    return new Finding(
        Fingerprint.of(kind, List.of(), entry),
        kind,
        Verdict.SUSPECTED,
        true,
        tasks.size(),
        tasks.size(),
        0,
        Duration.ZERO,
        runningFor,
        Culprits.suspects(List.of(), details, owners),
        Words.count(tasks.size(), "task") + " of " + name + " running for " + runningFor.toSeconds()
            + "s or more",
        Words.count(tasks.size(), "task") + " of " + name,
        Culprits.waiting(details),
        List.of(
            "in a worker of the " + oldest.noun() + madeIn(oldest.executorCreatedAt()),
            "the same task at each sample for " + runningFor.toSeconds() + "s"),
        kind.advice(),
        tasks.stream().map(SlowTask::threadName).toList(),
        List.of(),
        Frames.text(oldest.thread().stack()),
        List.of());
  }

  private static String madeIn(List<StackTraceElement> createdAt) {
    List<String> creator = Frames.applicationFrames(createdAt, 1);
    return creator.isEmpty() ? " of an unknown creator" : " made in " + creator.get(0);
  }

  /** The application frames by which the worker entered the task, outermost last. */
  private static List<String> entry(List<StackTraceElement> stack) {
    int worker = stack.size();
    for (int i = 0; i < stack.size(); i++) {
      if (stack.get(i).getMethodName().equals("runWorker")
          && stack.get(i).getClassName().equals("java.util.concurrent.ThreadPoolExecutor")) {
        worker = i;
      }
    }
    List<String> frames = Frames.applicationFrames(stack.subList(0, worker), Integer.MAX_VALUE);
    return frames.isEmpty()
        ? List.of(Frames.text(stack.get(0)))
        : frames.subList(Math.max(0, frames.size() - ENTRY_FRAMES), frames.size());
  }
}
