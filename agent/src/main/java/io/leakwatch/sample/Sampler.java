package io.leakwatch.sample;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.CurrentTask;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.ThreadRegistry;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import io.leakwatch.registry.ThreadRegistry.Work;
import io.leakwatch.sample.Standstills.Standstill;
import io.leakwatch.tasks.TaskView;
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

  private final Registry registry;
  private final Predicate<String> excludedName;
  private final boolean excludesNames;
  private final int stackDepth;
  private final Watermarks threadMarks = new Watermarks();
  private final Watermarks executorMarks = new Watermarks();
  private final Origins<ThreadGroupBuilder.Key> threadOrigins = new Origins<>();
  private final Origins<ExecutorGroupBuilder.Key> executorOrigins = new Origins<>();
  private final Schedules schedules = new Schedules();
  private final WorkerMarks workerMarks = new WorkerMarks();
  private final QueueAges queueAges = new QueueAges();
  private final Submissions submissions;
  private final SlowTasks slowTasks;
  private final LockWaits lockWaits = new LockWaits();
  private final ServedThreads servedThreads = new ServedThreads();
  private final LastSeen lastSeen = new LastSeen();
  private final HeldCarriers heldCarriers = new HeldCarriers();
  private int nextIndex;
  private ProvenThreads proven = ProvenThreads.NONE;

  private Map<ThreadGroupBuilder.Key, ThreadGroupBuilder> threadGroups = new HashMap<>();
  private Map<ExecutorGroupBuilder.Key, ExecutorGroupBuilder> executorGroups = new HashMap<>();
  private long platform;
  private long virtual;
  private long highestId;
  private boolean listsFound;
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

  /** From now on, tells of the threads that a proof is about. One that comes later takes the place of the one before. */
  public void adopt(ProvenThreads proof) {
    proven = proof;
  }

  private Sample take(Instant time, Duration elapsed, boolean extra) {
    int index = extra ? nextIndex : nextIndex++;
    listsFound = extra;
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
          siteThreads(index, elapsed),
          siteExecutors(index),
          queued,
          extra ? List.of() : slowTasks.ended(elapsed.minus(previous)),
          extra ? List.of() : slowTasks.look(runningTasks()),
          lockWaits.look(stackDepth),
          schedules.stopped(registry.tasks().stoppedSchedules(), elapsed),
          schedules.late(
              registry.tasks().lateSchedules(),
              entry -> executorOrigins.number(ExecutorGroupBuilder.Key.of(entry)),
              index,
              stackDepth),
          registry.threads().vanished().stream().map(lastSeen::tell).toList(),
          virtual == 0 ? Scheduler.UNKNOWN : heldCarriers.look(elapsed, stackDepth, extra),
          extra ? taskView(elapsed) : null);
      if (!extra) {
        previous = elapsed;
        if (sample.threads().stream().noneMatch(Sampler::hasProven)) {
          // None is alive any more.
          proven = ProvenThreads.NONE;
        }
        workerMarks.endSample();
        queueAges.note(registry.executors().entries(), elapsed);
        threadMarks.mark(index, elapsed, highestId);
        executorMarks.mark(index, elapsed, registry.executors().lastSequence());
        schedules.endSample();
        servedThreads.endSample();
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

  private static boolean hasProven(SiteThreads group) {
    SiteProof proof = group.proof();
    return proof != null && proof.proven() > 0;
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
      ExecutorGroupBuilder.Key executorKey =
          owner == null ? null : ExecutorGroupBuilder.Key.of(owner);
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
      group.add(live.thread(), slot, order);
      group.proof().visit(live.id(), live.virtual(), born);
      if (owner != null && executorKey != null) {
        standstills.visit(live, owner);
        ExecutorGroupBuilder executors = executorGroup(executorKey);
        executors.addThread(live);
        offerTask(live, owner, executors.tasks(), born);
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
      ThreadGroupBuilder.Key key = new ThreadGroupBuilder.Key(
          live.virtual(), site, site == null ? live.origin() : null, executorOrigin, idle);
      ThreadGroupBuilder group = threadGroups.get(key);
      if (group == null) {
        ExecutorEntry owner = live.owner();
        SiteThreads.Owner ownerOfGroup = owner == null
            ? null
            : new SiteThreads.Owner(executorOrigin, owner.kind().noun(), owner.isUnbounded(), idle);
        group = new ThreadGroupBuilder(
            key,
            live.origin().name(),
            ownerOfGroup,
            threadMarks,
            new ProofTally(proven, listsFound));
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
      queued += entry.queuedTasks();
      executorGroup(ExecutorGroupBuilder.Key.of(entry)).add(entry, openSince(entry, index));
    }
    for (Standstill standstill : standstills.endCensus(this::birth)) {
      executorGroup(ExecutorGroupBuilder.Key.of(standstill.executor())).add(standstill);
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

  private ExecutorGroupBuilder executorGroup(ExecutorGroupBuilder.Key key) {
    return executorGroups.computeIfAbsent(
        key, k -> new ExecutorGroupBuilder(k, executorMarks, new ProofTally(proven, false)));
  }

  private List<SiteThreads> siteThreads(int index, Duration elapsed) {
    Set<ThreadGroupBuilder.Key> lookedAt = threadGroups.values().stream()
        .sorted(Comparator.comparingInt(ThreadGroupBuilder::grown).reversed())
        .limit(GROUPS_LOOKED_AT)
        .map(ThreadGroupBuilder::key)
        .collect(Collectors.toSet());
    List<SiteThreads> groups = new ArrayList<>(threadGroups.size());
    for (ThreadGroupBuilder group : threadGroups.values().stream()
        .sorted(Comparator.comparingInt(ThreadGroupBuilder::count).reversed())
        .toList()) {
      ThreadGroupBuilder.Key key = group.key();
      SiteThreads told = group.build(
          threadOrigins.number(key),
          threadMarks,
          servedThreads,
          index,
          elapsed,
          lookedAt.contains(key) ? LOOKS_PER_GROUP : 0,
          stackDepth);
      groups.add(told);
      if (key.virtual() && key.site() != null) {
        lastSeen.note(key.site(), told.details());
      }
    }
    return groups;
  }

  private List<SiteExecutors> siteExecutors(int index) {
    List<SiteExecutors> groups = new ArrayList<>(executorGroups.size());
    List<ExecutorGroupBuilder> largestFirst = executorGroups.values().stream()
        .filter(group -> group.live() > 0)
        .sorted(Comparator.comparingInt(ExecutorGroupBuilder::open).reversed())
        .toList();
    for (ExecutorGroupBuilder group : largestFirst) {
      groups.add(group.build(
          executorOrigins.number(group.key()),
          executorMarks,
          index,
          groups.size() < GROUPS_LOOKED_AT && group.open() > 0,
          LOOKS_PER_GROUP,
          stackDepth));
    }
    return groups;
  }

  private Stream<OldestTasks> runningTasks() {
    return executorGroups.values().stream().map(ExecutorGroupBuilder::tasks);
  }

  private TaskView taskView(Duration elapsed) {
    return new TaskViews(submissions, queueAges, threadMarks, elapsed, stackDepth)
        .of(
            registry.executors().entries(),
            key -> executorGroup(key).tasks(),
            threadGroups.values(),
            registry.tasks().cancelledElsewhere());
  }
}
