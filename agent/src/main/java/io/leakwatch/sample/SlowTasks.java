package io.leakwatch.sample;

import io.leakwatch.frames.Frames;
import io.leakwatch.frames.TaskFrames;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.CurrentTask;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the slow tasks of each sample, and tells when one that was looked at has ended. Holds no thread; belongs to the
 * sampling thread.
 */
final class SlowTasks {
  /** As many are looked at; the oldest. A look costs about 10 µs. */
  private static final int LOOKED_AT = 32;

  /** A slow task as it was last looked at. */
  private record Told(long number, SlowTask task) {}

  private final @Nullable Duration threshold;
  private final Submissions submissions;
  private final int stackDepth;
  private Map<Long, Told> told = new HashMap<>();
  private Set<Long> stillRunning = new HashSet<>();

  /** Tasks are slow from {@code threshold} on; never when that is {@code null}. */
  SlowTasks(@Nullable Duration threshold, Submissions submissions, int stackDepth) {
    this.threshold = threshold;
    this.submissions = submissions;
    this.stackDepth = stackDepth;
  }

  /** Begins a sample, or one in between, which changes nothing. */
  void beginSample() {
    stillRunning = new HashSet<>();
  }

  /** Takes note of what a thread runs in the sample at hand. */
  void visit(LiveThread live) {
    Told slow = told.isEmpty() ? null : told.get(live.id());
    CurrentTask task = live.task();
    if (slow != null && task != null && slow.number() == task.number()) {
      stillRunning.add(live.id());
    }
  }

  /** Those that were told and have ended since. */
  List<EndedTask> ended(Duration sincePreviousSample) {
    List<EndedTask> ended = new ArrayList<>();
    told.forEach((thread, slow) -> {
      if (!stillRunning.contains(thread)) {
        ended.add(new EndedTask(slow.task(), slow.task().runningFor().plus(sincePreviousSample)));
      }
    });
    return ended;
  }

  /** The oldest of the slow tasks, the oldest first. */
  List<SlowTask> look(Stream<OldestTasks> running) {
    Duration slow = threshold;
    Map<Long, Told> next = new HashMap<>();
    told.forEach((thread, task) -> {
      if (stillRunning.contains(thread)) {
        next.put(thread, task);
      }
    });
    told = next;
    if (slow == null) {
      return List.of();
    }
    List<RunningTask> oldest = running
        .flatMap(tasks -> tasks.oldest().stream())
        .filter(task -> task.runningFor().compareTo(slow) >= 0)
        .sorted(Comparator.comparing(RunningTask::runningFor).reversed())
        .limit(LOOKED_AT)
        .toList();
    List<SlowTask> looked = new ArrayList<>();
    for (RunningTask task : oldest) {
      ThreadDetail detail = ThreadDetail.of(task.live().thread(), stackDepth);
      if (!isConnection(task, detail) && !isTheJdks(detail)) {
        SlowTask slowTask = look(task, detail);
        looked.add(slowTask);
        next.put(task.live().id(), new Told(task.number(), slowTask));
      }
    }
    return looked;
  }

  /** A thread of its own that waits for a peer: that lasts as long as the peer likes, and keeps nobody waiting. */
  private static boolean isConnection(RunningTask task, ThreadDetail detail) {
    return task.executor().kind() == ExecutorKind.THREAD_PER_TASK
        && detail.stack().stream().anyMatch(f -> f.getClassName().startsWith("sun.nio.ch."));
  }

  /**
   * What the JDK does for itself lasts as long as it likes: a thread of its own waits for each child process. Tasks that a
   * user has made of the JDK's methods are entered through {@code java.util.concurrent} or through a lambda.
   */
  private static boolean isTheJdks(ThreadDetail detail) {
    List<StackTraceElement> frames = TaskFrames.ofTask(detail.stack());
    return !frames.isEmpty()
        && frames.stream().allMatch(frame -> Frames.isJdk(frame.getClassName()))
        && frames.get(frames.size() - 1).getMethodName().equals("run")
        && !frames.get(frames.size() - 1).getClassName().startsWith("java.util.");
  }

  private SlowTask look(RunningTask task, ThreadDetail detail) {
    ExecutorEntry executor = task.executor();
    CreationSite site = executor.site();
    return new SlowTask(
        detail.name(),
        task.since(),
        task.runningFor(),
        new SlowTask.Executor(
            executor.kind().noun(),
            executor.name(),
            site == null ? List.of() : site.frames(),
            executor.runningTasks(),
            executor.maximumThreads(),
            executor.runnableTasks()),
        submissions.places(detail.stack()).stream().map(CreationSite::frames).toList(),
        detail);
  }
}
