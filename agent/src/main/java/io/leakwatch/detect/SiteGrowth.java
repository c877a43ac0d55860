package io.leakwatch.detect;

import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.SiteThreads;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the growth of groups of threads or executors over the whole history. */
final class SiteGrowth {
  /** In samples. Not more: births are exact for the recent past only. */
  private static final int OLDEST_AGE = 32;

  /** Times {@code settle}: rises that make a leak. */
  private static final int RISES = 2;

  /** The same for threads that wait with a timeout: what a clock ends gets more time to end. */
  private static final int RISES_OF_TIMED_WAITS = 3;

  private final SampleHistory history;
  private final int settle;
  private final List<Sample> samples;
  private final int warm;
  private final List<Map<Long, Cohorts>> threads = new ArrayList<>();
  private final List<Map<Long, Cohorts>> openExecutors = new ArrayList<>();

  SiteGrowth(SampleHistory history, int settle) {
    this.history = history;
    this.settle = settle;
    this.samples = history.samples();
    this.warm = samples.size() - history.afterWarmup().size();
    for (Sample sample : samples) {
      Map<Long, Cohorts> ofThreads = new HashMap<>();
      sample.threads().forEach(g -> ofThreads.put(g.origin(), g.cohorts()));
      threads.add(ofThreads);
      Map<Long, Cohorts> ofExecutors = new HashMap<>();
      sample.executors().forEach(g -> ofExecutors.put(g.origin(), g.open()));
      openExecutors.add(ofExecutors);
    }
  }

  /** Whether anything of a group was born since the warm-up; nothing else can grow, and most groups of most JVMs do not. */
  boolean isYoung(Cohorts cohorts) {
    return warm < samples.size()
        && cohorts.total() > cohorts.aliveBornBy(samples.get(warm).index());
  }

  /** Whether the oldest threads of a group were served over sockets lately, at one of the last {@code settle} samples. */
  boolean isServed(long origin) {
    return samples.subList(Math.max(0, samples.size() - settle), samples.size()).stream()
        .flatMap(sample -> sample.threads().stream())
        .anyMatch(group -> group.origin() == origin && group.served());
  }

  /** The growth of the threads of some groups taken together, when it is a leak's. */
  @Nullable
  Growth leakOfThreads(Collection<SiteThreads> groups) {
    boolean timed = groups.stream().anyMatch(g -> waitsWithTimeout(g.details()));
    int rises = settle * (timed ? RISES_OF_TIMED_WAITS : RISES);
    return leak(threads, groups.stream().map(SiteThreads::origin).toList(), rises);
  }

  /** The growth of the open executors of some groups taken together, when it is a leak's. */
  @Nullable
  Growth leakOfExecutors(Collection<SiteExecutors> groups) {
    return leak(
        openExecutors,
        groups.stream().filter(g -> !endsWhenIdle(g)).map(SiteExecutors::origin).toList(),
        settle * RISES);
  }

  /** How long the oldest of a group has been there at the least; the agent's own time for those before it. */
  Duration oldest(Cohorts cohorts) {
    return Ages.oldest(cohorts, history);
  }

  /**
   * Looks at survivors of several ages: at a site where most threads live for some samples and then end, only those that
   * outlive them by far tell of a leak.
   */
  private @Nullable Growth leak(List<Map<Long, Cohorts>> bySample, List<Long> origins, int rises) {
    if (warm == samples.size() || total(bySample.get(samples.size() - 1), origins) < rises) {
      return null;
    }
    List<Cohorts> cohorts =
        bySample.stream().map(groups -> sum(groups, origins)).toList();
    for (int age = settle; age <= Math.max(settle, OLDEST_AGE); age *= 2) {
      Growth growth = Growth.of(samples, cohorts, warm, age);
      if (growth.isLeak(rises)) {
        return growth;
      }
    }
    return null;
  }

  /** Pools whose idle threads end by themselves leak only when they are much older than that. */
  private boolean endsWhenIdle(SiteExecutors group) {
    Duration timeout = group.idleTimeout();
    return timeout != null
        && group.running() == 0
        && oldest(group.open()).compareTo(timeout.multipliedBy(2)) < 0;
  }

  private static boolean waitsWithTimeout(List<ThreadDetail> details) {
    return details.stream().anyMatch(d -> d.state() == Thread.State.TIMED_WAITING);
  }

  private static long total(Map<Long, Cohorts> groups, List<Long> origins) {
    return sum(groups, origins).total();
  }

  private static Cohorts sum(Map<Long, Cohorts> groups, List<Long> origins) {
    Cohorts sum = Cohorts.of();
    for (Long origin : origins) {
      Cohorts cohorts = groups.get(origin);
      if (cohorts != null) {
        sum = sum.plus(cohorts);
      }
    }
    return sum;
  }
}
