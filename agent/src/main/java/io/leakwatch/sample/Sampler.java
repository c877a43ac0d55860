package io.leakwatch.sample;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.CurrentTask;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.OriginClass;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.ThreadRegistry;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import io.leakwatch.registry.ThreadRegistry.Work;
import io.leakwatch.sample.Standstills.Standstill;
import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.ThreadTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a census of the account into a sample: groups the live threads and executors by origin, dates them, and looks at
 * a few of each group. Not thread-safe; belongs to the sampling thread.
 */
public final class Sampler {
  /** Groups whose threads are looked at: those that have grown most. A look costs about 10 µs. */
  private static final int GROUPS_LOOKED_AT = 64;

  private static final int LOOKS_PER_GROUP = 3;

  /** As many sites are in a view of the tasks. */
  private static final int SITES_VIEWED = 50;

  /** What tells groups of threads apart. The class counts only where the site is unknown. */
  private record ThreadKey(
      boolean virtual,
      @Nullable CreationSite site,
      @Nullable OriginClass origin,
      long executorOrigin,
      boolean idle) {}

  private record ExecutorKey(
      ExecutorKind kind, String className, @Nullable CreationSite site, boolean theJvmsOwn) {}

  private static final class ThreadGroupBuilder {
    private final String taskClass;
    private final SiteThreads.@Nullable Owner owner;
    private final OldestThreads oldest = new OldestThreads();
    private final int[] bySlot;
    private int count;

    ThreadGroupBuilder(String taskClass, SiteThreads.@Nullable Owner owner, int slots) {
      this.taskClass = taskClass;
      this.owner = owner;
      this.bySlot = new int[slots];
    }

    /** Members that were not there at the first sample. */
    private int grown() {
      return count - bySlot[0];
    }
  }

  private static final class ExecutorGroupBuilder {
    private final OldestThreads oldest = new OldestThreads();
    private final OldestTasks tasks = new OldestTasks();
    private final int[] openBySlot;
    private int live;
    private int shutDown;
    private int open;
    private long threads;
    private long running;
    private @Nullable Duration idleTimeout;
    private final List<Standstill> held = new ArrayList<>();
    private final QueuesBuilder queues = new QueuesBuilder();

    ExecutorGroupBuilder(int slots) {
      this.openBySlot = new int[slots];
    }
  }

  private final Registry registry;
  private final Predicate<String> excludedName;
  private final boolean excludesNames;
  private final int stackDepth;
  private final Watermarks threadMarks = new Watermarks();
  private final Watermarks executorMarks = new Watermarks();
  private final Origins<ThreadKey> threadOrigins = new Origins<>();
  private final Origins<ExecutorKey> executorOrigins = new Origins<>();
  private final Schedules schedules = new Schedules();
  private final WorkerMarks workerMarks = new WorkerMarks();
  private final QueueAges queueAges = new QueueAges();
  private final Submissions submissions;
  private final SlowTasks slowTasks;
  private final LockWaits lockWaits = new LockWaits();
  private final HeldCarriers heldCarriers = new HeldCarriers();
  private int nextIndex;

  private Map<ThreadKey, ThreadGroupBuilder> threadGroups = new HashMap<>();
  private Map<ExecutorKey, ExecutorGroupBuilder> executorGroups = new HashMap<>();
  private long platform;
  private long virtual;
  private long highestId;
  private Duration previous = Duration.ZERO;
  private final Standstills standstills = new Standstills();

  /**
   * A sampler of {@code registry}.
   *
   * @param excludedName threads of these names are not there at all; {@code null} when none are excluded
   * @param stackDepth frames kept of a stack
   * @param slowTask from which age on a running task is slow; {@code null} for never
   * @param owners whose code is whose, for the lines that a view of the tasks tells
   */
  public Sampler(
      Registry registry,
      @Nullable Predicate<String> excludedName,
      int stackDepth,
      @Nullable Duration slowTask,
      CodeOwners owners) {
    this.registry = registry;
    this.submissions = new Submissions(registry.tasks(), owners);
    this.slowTasks = new SlowTasks(slowTask, submissions, stackDepth);
    this.excludesNames = excludedName != null;
    this.excludedName = excludedName == null ? name -> false : excludedName;
    this.stackDepth = stackDepth;
  }

  /**
   * Takes the next sample.
   *
   * @param time wall-clock time now
   * @param elapsed since the agent's start
   */
  public Sample take(Instant time, Duration elapsed) {
    return take(time, elapsed, false);
  }

  /**
   * Takes a sample with what the executors run, because somebody asks. It is none of the series: it has the index that the
   * next one will have, and however often somebody asks, no later sample dates or counts anything by it.
   */
  public Sample takeExtra(Instant time, Duration elapsed) {
    return take(time, elapsed, true);
  }

  private Sample take(Instant time, Duration elapsed, boolean extra) {
    int index = extra ? nextIndex : nextIndex++;
    threadGroups = new HashMap<>();
    executorGroups = new HashMap<>();
    platform = 0;
    virtual = 0;
    highestId = 0;
    standstills.beginSample(index);
    slowTasks.beginSample();
    try {
      GroupingVisitor visitor = new GroupingVisitor(index, elapsed);
      if (extra) {
        registry.extraCensus(visitor);
      } else {
        registry.census(visitor);
      }
      long queued = addExecutors(index);
      Sample sample = new Sample(
          index,
          time,
          elapsed,
          platform,
          virtual,
          siteThreads(index),
          siteExecutors(index),
          queued,
          extra ? List.of() : slowTasks.ended(elapsed.minus(previous)),
          extra ? List.of() : slowTasks.look(runningTasks()),
          lockWaits.look(stackDepth),
          schedules.stopped(registry.tasks().stoppedSchedules(), elapsed),
          schedules.late(
              registry.tasks().lateSchedules(),
              entry -> executorOrigins.number(key(entry)),
              index,
              stackDepth),
          virtual == 0 ? Scheduler.UNKNOWN : heldCarriers.look(elapsed, stackDepth, extra),
          extra ? taskView(elapsed) : null);
      if (!extra) {
        previous = elapsed;
        workerMarks.endSample();
        queueAges.note(registry.executors().entries(), elapsed);
        threadMarks.mark(index, elapsed, highestId);
        executorMarks.mark(index, elapsed, registry.executors().lastSequence());
        schedules.endSample();
        threadOrigins.endSample();
        executorOrigins.endSample();
      }
      return sample;
    } finally {
      workerMarks.forgetSample();
      // The builders hold threads: not beyond this sample, also when it failed.
      threadGroups = new HashMap<>();
      executorGroups = new HashMap<>();
      lockWaits.clear();
      standstills.endSample();
    }
  }

  private final class GroupingVisitor implements ThreadRegistry.Visitor {
    private final int index;
    private final Duration elapsed;

    GroupingVisitor(int index, Duration elapsed) {
      this.index = index;
      this.elapsed = elapsed;
    }

    @Override
    public void visit(LiveThread live) {
      highestId = Math.max(highestId, live.id());
      if (excludesNames && excludedName.test(live.thread().getName())) {
        return;
      }
      if (live.virtual()) {
        virtual++;
      } else {
        platform++;
      }
      lockWaits.offer(live);
      ExecutorEntry owner = live.owner();
      ExecutorKey executorKey = owner == null ? null : key(owner);
      long executorOrigin = executorKey == null ? 0 : executorOrigins.number(executorKey);
      ThreadGroupBuilder group = threadGroup(live, executorOrigin);
      int slot = threadMarks.slot(live.id());
      long order = live.id();
      int born = slot;
      if (live.work() != Work.OWN) {
        // It is as old as the task that it runs: it is the task that is stuck, or not.
        order = workerMarks.of(live, index, elapsed).since();
        slot = threadMarks.slotOfSample((int) order);
      }
      group.count++;
      group.bySlot[slot]++;
      group.oldest.offer(live.thread(), order);
      if (owner != null && executorKey != null) {
        standstills.visit(live, owner);
        ExecutorGroupBuilder executors = executorGroup(executorKey);
        executors.oldest.offer(live.thread(), live.id());
        offerTask(live, owner, executors.tasks, born);
      }
    }

    private void offerTask(LiveThread live, ExecutorEntry owner, OldestTasks tasks, int born) {
      CurrentTask task = live.task();
      if (task == null) {
        return;
      }
      slowTasks.visit(live);
      if (owner.kind() != ExecutorKind.THREAD_PER_TASK) {
        WorkerMarks.Mark mark = workerMarks.of(live, index, elapsed);
        tasks.offer(live, owner, task.number(), mark.since(), elapsed.minus(mark.sinceElapsed()));
      } else if (born < threadMarks.size()) {
        tasks.offer(
            live,
            owner,
            task.number(),
            threadMarks.sample(born),
            elapsed.minus(threadMarks.elapsed(born)));
      } else {
        tasks.offer(live, owner, task.number(), index, Duration.ZERO);
      }
    }

    private ThreadGroupBuilder threadGroup(LiveThread live, long executorOrigin) {
      CreationSite site = live.site();
      boolean idle = live.work() == Work.IDLE;
      ThreadKey key = new ThreadKey(
          live.virtual(), site, site == null ? live.origin() : null, executorOrigin, idle);
      ThreadGroupBuilder group = threadGroups.get(key);
      if (group == null) {
        ExecutorEntry owner = live.owner();
        SiteThreads.Owner ownerOfGroup = owner == null
            ? null
            : new SiteThreads.Owner(executorOrigin, owner.kind().noun(), owner.isUnbounded(), idle);
        group = new ThreadGroupBuilder(live.origin().name(), ownerOfGroup, threadMarks.size() + 1);
        threadGroups.put(key, group);
      }
      return group;
    }
  }

  private long addExecutors(int index) {
    long queued = 0;
    for (ExecutorEntry entry : registry.executors().entries()) {
      if (entry.isTheJvmsOwn()) {
        continue;
      }
      ExecutorGroupBuilder group = executorGroup(key(entry));
      group.live++;
      queued += entry.queuedTasks();
      group.queues.add(entry);
      if (entry.isShutDown()) {
        group.shutDown++;
      } else if (entry.liveThreads() > 0) {
        group.open++;
        group.openBySlot[openSince(entry, index)]++;
        group.threads += entry.liveThreads();
        group.running += entry.runningTasks();
        group.idleTimeout = entry.idleTimeout();
      }
    }
    for (Standstill standstill : standstills.endCensus(this::birth)) {
      ExecutorGroupBuilder group = executorGroup(key(standstill.executor()));
      if (standstill.executor().isShutDown()) {
        group.held.add(standstill);
      } else {
        group.queues.add(standstill);
      }
    }
    return queued;
  }

  /** One that is in use is as young as its last task: what is used again and again is no leak. */
  private int openSince(ExecutorEntry entry, int index) {
    int made = executorMarks.slot(entry.sequence());
    return entry.kind() == ExecutorKind.THREAD_POOL
        ? Math.max(made, executorMarks.slotOfSample(index - entry.censusesWithoutProgress()))
        : made;
  }

  /** The first sample that an executor was there at. */
  private int birth(ExecutorEntry entry) {
    int slot = executorMarks.slot(entry.sequence());
    return slot < executorMarks.size() ? executorMarks.sample(slot) : Integer.MAX_VALUE;
  }

  private ExecutorGroupBuilder executorGroup(ExecutorKey key) {
    return executorGroups.computeIfAbsent(
        key, k -> new ExecutorGroupBuilder(executorMarks.size() + 1));
  }

  private List<SiteThreads> siteThreads(int index) {
    List<SiteThreads> groups = new ArrayList<>(threadGroups.size());
    List<Map.Entry<ThreadKey, ThreadGroupBuilder>> largestFirst = threadGroups.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> -e.getValue().count))
        .toList();
    Set<ThreadKey> lookedAt = largestFirst.stream()
        .sorted(Comparator.comparingInt(e -> -e.getValue().grown()))
        .limit(GROUPS_LOOKED_AT)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
    for (Map.Entry<ThreadKey, ThreadGroupBuilder> entry : largestFirst) {
      ThreadKey key = entry.getKey();
      ThreadGroupBuilder group = entry.getValue();
      boolean look = lookedAt.contains(key);
      groups.add(new SiteThreads(
          threadOrigins.number(key),
          key.virtual(),
          group.taskClass,
          frames(key.site()),
          group.owner,
          threadMarks.cohorts(group.bySlot, index),
          look ? group.oldest.names() : List.of(),
          look ? group.oldest.details(LOOKS_PER_GROUP, stackDepth) : List.of()));
    }
    return groups;
  }

  private List<SiteExecutors> siteExecutors(int index) {
    List<SiteExecutors> groups = new ArrayList<>(executorGroups.size());
    List<Map.Entry<ExecutorKey, ExecutorGroupBuilder>> largestFirst =
        executorGroups.entrySet().stream()
            .filter(e -> e.getValue().live > 0)
            .sorted(Comparator.comparingInt(e -> -e.getValue().open))
            .toList();
    for (Map.Entry<ExecutorKey, ExecutorGroupBuilder> entry : largestFirst) {
      ExecutorKey key = entry.getKey();
      ExecutorGroupBuilder group = entry.getValue();
      boolean look = groups.size() < GROUPS_LOOKED_AT && group.open > 0;
      groups.add(new SiteExecutors(
          executorOrigins.number(key),
          key.kind().noun(),
          key.className(),
          frames(key.site()),
          group.live,
          group.shutDown,
          executorMarks.cohorts(group.openBySlot, index),
          group.threads,
          group.running,
          group.idleTimeout,
          look ? group.oldest.names() : List.of(),
          look ? group.oldest.details(LOOKS_PER_GROUP, stackDepth) : List.of(),
          Standstills.held(group.held, LOOKS_PER_GROUP, stackDepth),
          group.queues.build()));
    }
    return groups;
  }

  private Stream<OldestTasks> runningTasks() {
    return executorGroups.values().stream().map(group -> group.tasks);
  }

  private TaskView taskView(Duration elapsed) {
    TaskViews views = new TaskViews(submissions, queueAges, elapsed, stackDepth);
    Map<ExecutorKey, List<ExecutorEntry>> bySite =
        registry.executors().entries().stream().collect(Collectors.groupingBy(Sampler::key));
    List<Map.Entry<ExecutorKey, List<ExecutorEntry>>> busiestFirst = bySite.entrySet().stream()
        .sorted(Comparator.comparingLong(e -> -TaskViews.weight(e.getValue())))
        .toList();
    List<ExecutorTasks> executors = busiestFirst.stream()
        .limit(SITES_VIEWED)
        .map(e -> views.of(e.getValue(), executorGroup(e.getKey()).tasks))
        .toList();
    List<Map.Entry<ThreadKey, ThreadGroupBuilder>> threads = threadGroups.entrySet().stream()
        .filter(e -> e.getKey().virtual() && e.getValue().owner == null)
        .sorted(Comparator.comparingInt(e -> -e.getValue().count))
        .toList();
    return new TaskView(
        executors,
        busiestFirst.stream()
            .skip(SITES_VIEWED)
            .mapToLong(e -> e.getValue().size())
            .sum(),
        threads.stream()
            .limit(SITES_VIEWED)
            .map(e -> threadTasks(views, e.getKey(), e.getValue(), elapsed))
            .toList(),
        threads.stream().skip(SITES_VIEWED).mapToLong(e -> e.getValue().count).sum(),
        registry.tasks().cancelledElsewhere());
  }

  private ThreadTasks threadTasks(
      TaskViews views, ThreadKey key, ThreadGroupBuilder group, Duration elapsed) {
    int born = 0;
    while (born < threadMarks.size() && group.bySlot[born] == 0) {
      born++;
    }
    String createdAt = views.createdAt(key.site(), group.taskClass);
    List<ThreadDetail> oldest = group.oldest.details(1, stackDepth);
    return new ThreadTasks(
        group.count,
        createdAt.isEmpty() ? group.taskClass : createdAt,
        born < threadMarks.size() ? elapsed.minus(threadMarks.elapsed(born)) : Duration.ZERO,
        oldest.isEmpty() ? Thread.State.TERMINATED : oldest.get(0).state(),
        oldest.isEmpty() ? "" : views.at(oldest.get(0).stack()));
  }

  private static ExecutorKey key(ExecutorEntry entry) {
    return new ExecutorKey(entry.kind(), entry.className(), entry.site(), entry.isTheJvmsOwn());
  }

  private static List<StackTraceElement> frames(@Nullable CreationSite site) {
    return site == null ? List.of() : site.frames();
  }
}
