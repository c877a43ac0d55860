package io.leakwatch.sample;

import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.LateSchedule;
import io.leakwatch.registry.OriginClass;
import io.leakwatch.registry.StoppedSchedule;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Dates the periodic tasks that run no more, and those that are late. Belongs to the sampling thread. */
final class Schedules {
  /** As many groups of late tasks are in a sample; those that are most behind. */
  private static final int MOST = 256;

  /** As many of them are looked at. A look costs about 10 µs. */
  private static final int LOOKED_AT = 32;

  private record Key(
      OriginClass origin,
      @Nullable CreationSite scheduledAt,
      long poolOrigin,
      boolean ofTimer,
      boolean fixedRate) {}

  /** Since which sample the run of a group that is most late is the same. */
  private record Run(long due, int since) {}

  private final Map<StoppedSchedule, Duration> stoppedSince = new HashMap<>();
  private final Origins<Key> origins = new Origins<>();
  private Map<Long, Run> runs = new HashMap<>();
  private Map<Long, Run> nextRuns = new HashMap<>();

  List<StoppedTasks> stopped(Collection<StoppedSchedule> all, Duration elapsed) {
    return all.stream()
        .map(stopped -> new StoppedTasks(
            stopped.ofTimer(),
            stopped.taskClass(),
            stopped.exceptionClass(),
            stopped.count(),
            stoppedSince.computeIfAbsent(stopped, s -> elapsed),
            frames(stopped.scheduledAt()),
            frames(stopped.site())))
        .toList();
  }

  /**
   * The tasks that are late, those that are most behind first.
   *
   * @param poolOrigin the number of the group of an executor
   * @param index the number of the sample
   */
  List<LateTasks> late(
      Collection<LateSchedule> all,
      ToLongFunction<ExecutorEntry> poolOrigin,
      int index,
      int stackDepth) {
    nextRuns = new HashMap<>();
    List<LateSchedule> most = all.stream()
        .sorted(Comparator.comparingLong(LateSchedule::runsBehind).reversed())
        .limit(MOST)
        .toList();
    return IntStream.range(0, most.size())
        .mapToObj(i -> late(most.get(i), poolOrigin, index, i < LOOKED_AT ? stackDepth : 0))
        .toList();
  }

  /** Ends a sample of the series. */
  void endSample() {
    origins.endSample();
    runs = nextRuns;
  }

  private LateTasks late(
      LateSchedule late, ToLongFunction<ExecutorEntry> poolOrigin, int index, int stackDepth) {
    ExecutorEntry owner = late.owner();
    long pool = owner == null ? 0 : poolOrigin.applyAsLong(owner);
    long origin = origins.number(
        new Key(late.origin(), late.scheduledAt(), pool, late.ofTimer(), late.fixedRate()));
    Run before = runs.get(origin);
    Run run = before != null && before.due() == late.due() ? before : new Run(late.due(), index);
    nextRuns.put(origin, run);
    Thread thread = stackDepth == 0 ? null : late.thread();
    ExecutorKind kind = late.ofTimer() ? ExecutorKind.TIMER : ExecutorKind.SCHEDULED_POOL;
    return new LateTasks(
        origin,
        late.origin().name(),
        frames(late.scheduledAt()),
        pool,
        kind.noun(),
        owner == null ? List.of() : frames(owner.site()),
        late.fixedRate(),
        late.tasks(),
        late.runsBehind(),
        Duration.ofNanos(late.lateNanos()),
        Duration.ofNanos(late.periodNanos()),
        late.running(),
        run.since(),
        thread == null ? null : ThreadDetail.of(thread, stackDepth));
  }

  private static List<StackTraceElement> frames(@Nullable CreationSite site) {
    return site == null ? List.of() : site.frames();
  }
}
