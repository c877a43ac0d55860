package io.leakwatch.sample;

import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the slow tasks of one sample. Holds their threads: for the time of that sample. */
final class SlowTasks {
  /** As many are looked at; the oldest. A look costs about 10 µs. */
  private static final int LOOKED_AT = 32;

  private record Candidate(
      LiveThread live, ExecutorEntry executor, int since, Duration runningFor) {}

  private final @Nullable Duration threshold;
  private final List<Candidate> candidates = new ArrayList<>();

  /** Tasks are slow from {@code threshold} on; never when that is {@code null}. */
  SlowTasks(@Nullable Duration threshold) {
    this.threshold = threshold;
  }

  void offer(LiveThread live, ExecutorEntry executor, int since, Duration runningFor) {
    if (threshold != null && runningFor.compareTo(threshold) >= 0) {
      candidates.add(new Candidate(live, executor, since, runningFor));
    }
  }

  /** The oldest of them, the oldest first. */
  List<SlowTask> look(int stackDepth) {
    return candidates.stream()
        .sorted(Comparator.comparing(Candidate::runningFor).reversed())
        .limit(LOOKED_AT)
        .map(candidate -> look(candidate, stackDepth))
        .toList();
  }

  private static SlowTask look(Candidate candidate, int stackDepth) {
    CreationSite site = candidate.executor().site();
    ThreadDetail detail = ThreadDetail.of(candidate.live().thread(), stackDepth);
    return new SlowTask(
        detail.name(),
        candidate.since(),
        candidate.runningFor(),
        candidate.executor().kind().noun(),
        site == null ? List.of() : site.frames(),
        detail);
  }
}
