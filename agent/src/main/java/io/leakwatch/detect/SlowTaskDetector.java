package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.frames.TaskFrames;
import io.leakwatch.sample.EndedTask;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SlowTask;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tasks that run in an executor for longer than {@code slow-task}, while they run; by what task it is, so that the same
 * task slow in ten workers is one finding. It ends when the tasks do, and says then how long they took. SUSPECTED: to be
 * slow is no leak.
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
    Sample newest = history.newest();
    Map<List<String>, List<SlowTask>> slow = newest.slowTasks().stream()
        .filter(task -> task.since() > warmedUp && !task.thread().stack().isEmpty())
        .collect(Collectors.groupingBy(
            SlowTaskDetector::entry, LinkedHashMap::new, Collectors.toList()));
    Map<List<String>, List<EndedTask>> ended = newest.endedTasks().stream()
        .filter(task ->
            task.task().since() > warmedUp && !task.task().thread().stack().isEmpty())
        .collect(Collectors.groupingBy(
            task -> entry(task.task()), LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    slow.forEach((entry, tasks) ->
        findings.add(running(entry, tasks, ended.getOrDefault(entry, List.of()))));
    ended.forEach((entry, tasks) -> {
      if (!slow.containsKey(entry)) {
        findings.add(over(entry, tasks));
      }
    });
    return findings;
  }

  private Finding running(List<String> entry, List<SlowTask> tasks, List<EndedTask> ended) {
    SlowTask oldest = tasks.get(0);
    String seconds = oldest.runningFor().toSeconds() + "s";
    List<String> evidence = new ArrayList<>();
    evidence.add("in a thread of the " + executor(oldest.executor()));
    blocked(oldest.executor()).ifPresent(evidence::add);
    evidence.add("the same task at each sample for " + seconds);
    if (!ended.isEmpty()) {
      evidence.add(took(ended));
    }
    return finding(
        entry,
        tasks,
        true,
        oldest.runningFor(),
        " running for " + seconds + " or more"
            + (oldest.executor().isBlocked() ? ", blocking its executor" : ""),
        "",
        evidence);
  }

  /** All have ended: keeps the finding open for as long as it takes to say so. */
  private Finding over(List<String> entry, List<EndedTask> ended) {
    List<SlowTask> tasks = ended.stream().map(EndedTask::task).toList();
    String took = took(ended);
    return finding(entry, tasks, false, longest(ended), ", " + took, ", " + took, List.of(took));
  }

  private Finding finding(
      List<String> entry,
      List<SlowTask> tasks,
      boolean opens,
      Duration oldest,
      String inSummary,
      String inHeadline,
      List<String> evidence) {
    FindingKind kind = FindingKind.SLOW_TASK;
    List<ThreadDetail> details = tasks.stream().map(SlowTask::thread).toList();
    String what = Words.count(tasks.size(), "task") + " of "
        + Words.place(entry.subList(entry.size() - 1, entry.size()));
    return new Finding(
        Fingerprint.of(kind, List.of(), entry),
        kind,
        Verdict.SUSPECTED,
        opens,
        tasks.size(),
        tasks.size(),
        0,
        Duration.ZERO,
        oldest,
        Culprits.suspects(List.of(), details, owners),
        what + inSummary,
        what + inHeadline,
        Culprits.waiting(details),
        withPlace(evidence, tasks.get(0)),
        kind.advice(),
        tasks.stream().map(SlowTask::threadName).toList(),
        List.of(),
        Frames.text(tasks.get(0).thread().stack()),
        List.of());
  }

  private List<String> withPlace(List<String> evidence, SlowTask task) {
    List<String> all = new ArrayList<>(evidence);
    task.submittedAt().stream()
        .flatMap(stack -> Culprits.suspects(stack, List.of(), owners).stream().limit(1))
        .limit(1)
        .forEach(frame -> all.add("handed in at " + frame));
    return all;
  }

  private static String took(List<EndedTask> ended) {
    String longest = longest(ended).toSeconds() + "s";
    return ended.size() == 1
        ? "ended after " + longest
        : Words.count(ended.size(), "task") + " ended, the longest after " + longest;
  }

  private static Duration longest(List<EndedTask> ended) {
    return ended.stream().map(EndedTask::ranFor).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private static String executor(SlowTask.Executor executor) {
    if (!executor.name().isEmpty() && executor.createdAt().isEmpty()) {
      return executor.noun() + " that is " + executor.name();
    }
    List<String> creator = Frames.applicationFrames(executor.createdAt(), 1);
    return executor.noun()
        + (creator.isEmpty() ? " of an unknown creator" : " made in " + creator.get(0));
  }

  /** Whom it keeps waiting. */
  private static Optional<String> blocked(SlowTask.Executor executor) {
    String waits =
        Words.count(executor.waiting(), "task") + (executor.waiting() == 1 ? " waits" : " wait");
    if (executor.isBlocked()) {
      return Optional.of("blocks it: all " + executor.maximum() + " of its threads are at work and "
          + waits + " for one");
    }
    return executor.waiting() > 0 ? Optional.of(waits + " in its queue") : Optional.empty();
  }

  /** The application frames by which the thread entered the task, outermost last. */
  private static List<String> entry(SlowTask task) {
    List<StackTraceElement> stack = task.thread().stack();
    List<String> frames = Frames.applicationFrames(TaskFrames.ofTask(stack), Integer.MAX_VALUE);
    return frames.isEmpty()
        ? List.of(Frames.text(stack.get(0)))
        : frames.subList(Math.max(0, frames.size() - ENTRY_FRAMES), frames.size());
  }
}
