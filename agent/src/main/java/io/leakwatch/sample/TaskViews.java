package io.leakwatch.sample;

import io.leakwatch.frames.Frames;
import io.leakwatch.frames.TaskFrames;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.OriginClass;
import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.RunningTasks;
import io.leakwatch.tasks.TaskCounts;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.ThreadTasks;
import io.leakwatch.tasks.WaitingTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a view of what executors run, what waits in them, and which virtual threads belong to none, at the sample at hand.
 * Tells of {@value #SITES_VIEWED} sites of each; of a site's executors it looks at the stacks of at most
 * {@link OldestTasks#KEPT} threads and at the classes of at most {@value #QUEUED_LOOKED_AT} waiting tasks.
 */
final class TaskViews {
  private static final int SITES_VIEWED = 50;
  private static final int QUEUED_LOOKED_AT = 1_000;
  private static final int CLASSES_TOLD = 5;

  private record Kind(String task, String at) {}

  private static final class WaitingBuilder {
    private final OriginClass origin;
    private long count;
    private @Nullable Duration oldest;

    WaitingBuilder(OriginClass origin) {
      this.origin = origin;
    }

    void add(@Nullable Duration age) {
      count++;
      if (age != null && (oldest == null || age.compareTo(oldest) > 0)) {
        oldest = age;
      }
    }
  }

  private final Submissions submissions;
  private final QueueAges ages;
  private final Watermarks threadMarks;
  private final Duration elapsed;
  private final int stackDepth;

  TaskViews(
      Submissions submissions,
      QueueAges ages,
      Watermarks threadMarks,
      Duration elapsed,
      int stackDepth) {
    this.submissions = submissions;
    this.ages = ages;
    this.threadMarks = threadMarks;
    this.elapsed = elapsed;
    this.stackDepth = stackDepth;
  }

  /**
   * The view: the busiest executors and the largest groups of threads first.
   *
   * @param running the tasks that the executors of a site run
   * @param cancelled tasks that were cancelled in no executor that is known
   */
  TaskView of(
      Collection<ExecutorEntry> executors,
      Function<ExecutorGroupBuilder.Key, OldestTasks> running,
      Collection<ThreadGroupBuilder> threads,
      long cancelled) {
    Map<ExecutorGroupBuilder.Key, List<ExecutorEntry>> bySite =
        executors.stream().collect(Collectors.groupingBy(ExecutorGroupBuilder.Key::of));
    List<Map.Entry<ExecutorGroupBuilder.Key, List<ExecutorEntry>>> busiestFirst =
        bySite.entrySet().stream()
            .sorted(Comparator.comparingLong(e -> -weight(e.getValue())))
            .toList();
    List<ThreadGroupBuilder> largestFirst = threads.stream()
        .filter(group -> group.key().virtual() && group.hasNoExecutor())
        .sorted(Comparator.comparingInt(ThreadGroupBuilder::count).reversed())
        .toList();
    return new TaskView(
        busiestFirst.stream()
            .limit(SITES_VIEWED)
            .map(e -> executorTasks(e.getValue(), running.apply(e.getKey())))
            .toList(),
        busiestFirst.stream()
            .skip(SITES_VIEWED)
            .mapToLong(e -> e.getValue().size())
            .sum(),
        largestFirst.stream().limit(SITES_VIEWED).map(this::threadTasks).toList(),
        largestFirst.stream()
            .skip(SITES_VIEWED)
            .mapToLong(ThreadGroupBuilder::count)
            .sum(),
        cancelled);
  }

  private static long weight(List<ExecutorEntry> executors) {
    return executors.stream()
        .mapToLong(e -> 1_000L * (e.runningTasks() + e.runnableTasks()) + e.liveThreads())
        .sum();
  }

  private ThreadTasks threadTasks(ThreadGroupBuilder group) {
    int born = group.oldestSlot();
    String createdAt = createdAt(group.key().site(), group.taskClass());
    List<ThreadDetail> oldest = group.details(1, stackDepth);
    return new ThreadTasks(
        group.count(),
        createdAt.isEmpty() ? group.taskClass() : createdAt,
        born < threadMarks.size() ? elapsed.minus(threadMarks.elapsed(born)) : Duration.ZERO,
        oldest.isEmpty() ? Thread.State.TERMINATED : oldest.get(0).state(),
        oldest.isEmpty() ? "" : at(oldest.get(0).stack()));
  }

  /** The executors of one site; at least one. */
  private ExecutorTasks executorTasks(List<ExecutorEntry> executors, OldestTasks tasks) {
    ExecutorEntry first = executors.get(0);
    TaskCounts counts = counts(executors);
    List<RunningTasks> running = running(tasks);
    List<WaitingTasks> waiting = waiting(executors);
    return new ExecutorTasks(
        first.kind().noun(),
        first.name(),
        // Whoever happened to need the common pool first has not made it.
        first.isTheJvmsOwn() ? "" : createdAt(first.site(), first.className()),
        executors.size(),
        executors.stream().filter(ExecutorEntry::isShutDown).count(),
        executors.stream().anyMatch(ExecutorEntry::isAdopted),
        executors.stream().mapToLong(ExecutorEntry::liveThreads).sum(),
        Math.min(
            Integer.MAX_VALUE,
            executors.stream().mapToLong(ExecutorEntry::maximumThreads).sum()),
        counts,
        running,
        Math.max(
            0,
            counts.running() - running.stream().mapToLong(RunningTasks::count).sum()),
        waiting,
        Math.max(
            0,
            counts.waiting() - waiting.stream().mapToLong(WaitingTasks::count).sum()));
  }

  /**
   * The frame to know a place by; empty when there is none.
   *
   * @param made the class of what is made there
   */
  private String createdAt(@Nullable CreationSite site, String made) {
    if (site == null) {
      return "";
    }
    List<StackTraceElement> frames = Submissions.outside(site, made);
    return submissions.ownFrame(frames).orElseGet(() -> Frames.text(frames.get(0)));
  }

  /** The frame to know by what a thread is at; empty when it has ended. */
  private String at(List<StackTraceElement> stack) {
    return submissions
        .ownFrame(stack)
        .or(() -> stack.stream().findFirst().map(Frames::text))
        .orElse("");
  }

  private static TaskCounts counts(List<ExecutorEntry> executors) {
    long running = 0;
    long waiting = 0;
    long queued = 0;
    long finished = 0;
    long failed = 0;
    long rejected = 0;
    long cancelled = 0;
    for (ExecutorEntry executor : executors) {
      running += executor.runningTasks();
      waiting += executor.runnableTasks();
      queued += executor.queuedTasks();
      finished += executor.finishedTasks();
      failed += executor.failedTasks();
      rejected += executor.rejectedTasks();
      cancelled += executor.cancelledTasks();
    }
    boolean keepsCount = executors.get(0).kind() != ExecutorKind.THREAD_PER_TASK;
    return new TaskCounts(
        running,
        waiting,
        Math.max(0, queued - waiting),
        keepsCount ? finished : TaskCounts.UNKNOWN,
        failed,
        rejected,
        cancelled);
  }

  private List<RunningTasks> running(OldestTasks tasks) {
    Map<Kind, RunningTasks> alike = new LinkedHashMap<>();
    for (RunningTask task : tasks.oldest()) {
      ThreadDetail detail = ThreadDetail.of(task.live().thread(), stackDepth);
      List<StackTraceElement> stack = detail.stack();
      if (stack.isEmpty()) {
        continue;
      }
      String thread = detail.name().isEmpty() ? "#" + task.live().id() : detail.name();
      String at = at(TaskFrames.ofTask(stack));
      RunningTasks one = new RunningTasks(
          1,
          TaskFrames.entry(stack),
          task.runningFor(),
          thread,
          detail.state(),
          at,
          submittedAt(task, stack));
      alike.merge(new Kind(one.task(), at), one, TaskViews::together);
    }
    return new ArrayList<>(alike.values());
  }

  /** A task with a thread of its own is handed in where that thread is made. */
  private String submittedAt(RunningTask task, List<StackTraceElement> stack) {
    Optional<CreationSite> madeAt = task.executor().kind() == ExecutorKind.THREAD_PER_TASK
        ? Optional.ofNullable(task.live().site())
        : Optional.empty();
    return madeAt
        .map(List::of)
        .map(site -> submissions.text(site, task.executor().className()))
        .orElseGet(
            () -> submissions.text(submissions.places(stack), task.executor().className()));
  }

  private static RunningTasks together(RunningTasks older, RunningTasks younger) {
    return new RunningTasks(
        older.count() + younger.count(),
        older.task(),
        older.oldest(),
        older.thread(),
        older.state(),
        older.at(),
        older.submittedAt());
  }

  private List<WaitingTasks> waiting(List<ExecutorEntry> executors) {
    Map<OriginClass, WaitingBuilder> byClass = new LinkedHashMap<>();
    int left = QUEUED_LOOKED_AT;
    for (ExecutorEntry executor : executors) {
      if (left > 0 && executor.queuedTasks() > 0) {
        left -= addWaiting(executor, left, byClass);
      }
    }
    return byClass.values().stream()
        .limit(CLASSES_TOLD)
        .map(waiting -> new WaitingTasks(
            waiting.count,
            waiting.origin.taskName(),
            waiting.oldest,
            submissions.text(waiting.origin.submittedAt(), executors.get(0).className())))
        .toList();
  }

  private int addWaiting(
      ExecutorEntry executor, int limit, Map<OriginClass, WaitingBuilder> byClass) {
    // Only of the next one in the queue it is known.
    Duration[] age = {ages.oldest(executor, elapsed)};
    int[] visited = {0};
    executor.visitQueued(limit, (origin, late) -> {
      visited[0]++;
      if (late == null || late >= 0) {
        byClass
            .computeIfAbsent(origin, WaitingBuilder::new)
            .add(late == null ? age[0] : Duration.ofNanos(late));
        age[0] = null;
      }
    });
    return visited[0];
  }
}
