package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.LateTasks;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Periodic tasks that are late by more and more periods: the low-water mark has risen {@value RisingFloor#RISES} times
 * {@code settle} times in a row, to a height that it never had before. A pause that is caught up does not do that. SUSPECTED,
 * since they may catch up one day; CONFIRMED when for all that time all workers of their pool have been stuck.
 *
 * <p>One that runs for at least half of that time takes too long itself, and is a finding of its own. The others do not get
 * their turn: they are one finding for each place where pools are made, unless a slow one of the same pool explains them.
 */
public final class ScheduleBehindDetector implements LeakDetector {
  /** Periods that a task may be late, as one that waits for others now and then is. */
  private static final int FEW = 3;

  /**
   * A group that falls behind.
   *
   * @param ran samples at which it was running, of those that saw the rise
   * @param seen the samples that saw the rise
   */
  private record Behind(LateTasks tasks, RisingFloor rise, int ran, int seen) {
    /** Whether it takes too long itself. */
    boolean own() {
      return 2 * ran >= seen;
    }

    String runs() {
      return Words.count(tasks.runsBehind(), "run") + " behind";
    }
  }

  private final int settle;
  private final CodeOwners owners;

  /**
   * A detector.
   *
   * @param settle how often the rise must be seen; see the option of that name
   * @param owners whose code is whose, for the choice of suspects
   */
  public ScheduleBehindDetector(int settle, CodeOwners owners) {
    this.settle = settle;
    this.owners = owners;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    List<Sample> samples = history.afterWarmup();
    List<Behind> all = new ArrayList<>();
    for (LateTasks late : history.newest().lateTasks()) {
      if (!samples.isEmpty() && late.runsBehind() > FEW) {
        Behind behind = behind(late, samples);
        if (behind != null) {
          all.add(behind);
        }
      }
    }
    Set<Long> explained = all.stream()
        .filter(Behind::own)
        .map(behind -> behind.tasks().poolOrigin())
        .filter(origin -> origin != 0)
        .collect(Collectors.toSet());
    Map<String, List<Behind>> byCause = all.stream()
        .filter(behind -> behind.own() || !explained.contains(behind.tasks().poolOrigin()))
        .collect(Collectors.groupingBy(
            ScheduleBehindDetector::fingerprint, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    byCause.forEach((fingerprint, behind) -> findings.add(finding(fingerprint, behind, history)));
    return findings;
  }

  /**
   * What began before the warm-up was over and has run since is meant to run for ever.
   *
   * @param firstLate the first sample at which it was late
   */
  private static boolean isLoop(LateTasks late, List<Sample> samples, int firstLate) {
    Duration sinceWarmup =
        samples.get(samples.size() - 1).elapsed().minus(samples.get(0).elapsed());
    return late.running()
        && late.sameRunSince() <= firstLate
        && late.late().compareTo(sinceWarmup) >= 0;
  }

  private @Nullable Behind behind(LateTasks late, List<Sample> samples) {
    long[] levels = new long[samples.size()];
    boolean[] running = new boolean[samples.size()];
    int firstLate = Integer.MAX_VALUE;
    for (int i = 0; i < levels.length; i++) {
      for (LateTasks then : samples.get(i).lateTasks()) {
        if (then.origin() == late.origin()) {
          levels[i] = then.runsBehind();
          running[i] = then.running();
          firstLate = Math.min(firstLate, samples.get(i).index());
        }
      }
    }
    RisingFloor rise = RisingFloor.lasting(samples, levels, settle, any -> true);
    if (rise == null || isLoop(late, samples, firstLate)) {
      return null;
    }
    int seen = 0;
    int ran = 0;
    for (int i = 0; i < levels.length; i++) {
      if (samples.get(i).index() >= rise.firstSample()) {
        seen++;
        ran += running[i] ? 1 : 0;
      }
    }
    return new Behind(late, rise, ran, seen);
  }

  private static String fingerprint(Behind behind) {
    LateTasks tasks = behind.tasks();
    if (!behind.own()) {
      return Fingerprint.of(
          FindingKind.SCHEDULE_BEHIND,
          Culprits.fingerprintFrames(tasks.poolCreatedAt(), List.of(), tasks.poolNoun()),
          List.of());
    }
    List<StackTraceElement> creator =
        tasks.scheduledAt().isEmpty() ? tasks.poolCreatedAt() : tasks.scheduledAt();
    return Fingerprint.of(
        FindingKind.SCHEDULE_BEHIND,
        Culprits.fingerprintFrames(creator, List.of(), tasks.taskClass()),
        List.of(tasks.taskClass()));
  }

  /** A finding of tasks that have one cause, those that are most behind first. */
  private Finding finding(String fingerprint, List<Behind> all, SampleHistory history) {
    FindingKind kind = FindingKind.SCHEDULE_BEHIND;
    Behind first = all.get(0);
    LateTasks tasks = first.tasks();
    RisingFloor rise = first.rise();
    SiteExecutors pool = pool(tasks, history.newest());
    boolean stuck = pool != null && pool.queues().stuckSince() <= rise.firstSample();
    List<ThreadDetail> details = details(first, pool);
    long count = all.stream().mapToLong(behind -> behind.tasks().count()).sum();
    return new Finding(
        fingerprint,
        kind,
        stuck ? Verdict.CONFIRMED : Verdict.SUSPECTED,
        rise.isFresh(),
        count,
        pool == null || first.own() ? details.size() : pool.queues().threads(),
        rise.isFresh() ? rise.perMinute() : 0,
        rise.overTime(),
        tasks.late(),
        suspects(all, details, stuck),
        summary(first, count, stuck),
        Words.count(count, "periodic task")
            + (first.own() ? " of " + tasks.taskClass() : " of a " + tasks.poolNoun()) + ", "
            + first.runs(),
        Culprits.waiting(details),
        evidence(first, count, stuck, pool, history),
        kind.advice(),
        details.stream().map(ThreadDetail::name).toList(),
        Frames.text(tasks.scheduledAt()),
        Frames.text(Culprits.waitingStack(details)),
        List.of());
  }

  private static @Nullable SiteExecutors pool(LateTasks tasks, Sample newest) {
    return newest.executors().stream()
        .filter(site -> site.origin() == tasks.poolOrigin())
        .findFirst()
        .orElse(null);
  }

  /** The thread that runs the task, else those that do not come to it. */
  private static List<ThreadDetail> details(Behind behind, @Nullable SiteExecutors pool) {
    ThreadDetail runs = behind.tasks().thread();
    if (runs != null) {
      return List.of(runs);
    }
    return behind.own() || pool == null ? List.of() : pool.details();
  }

  /** The line that scheduled, and what its threads are at; that comes first when they are stuck. */
  private List<String> suspects(List<Behind> all, List<ThreadDetail> details, boolean stuck) {
    LateTasks first = all.get(0).tasks();
    Set<String> suspects = new LinkedHashSet<>(
        stuck
            ? Culprits.suspectsOfWait(first.scheduledAt(), details, owners)
            : Culprits.suspects(first.scheduledAt(), details, owners));
    all.forEach(behind ->
        suspects.addAll(Culprits.suspects(behind.tasks().scheduledAt(), List.of(), owners)));
    suspects.addAll(Culprits.suspects(first.poolCreatedAt(), List.of(), owners));
    return List.copyOf(suspects);
  }

  private String summary(Behind behind, long count, boolean stuck) {
    LateTasks tasks = behind.tasks();
    String what = behind.own()
        ? " of " + tasks.taskClass() + " scheduled in "
            + Words.place(Culprits.suspects(tasks.scheduledAt(), List.of(), owners))
            + (count == 1 ? " takes" : " take") + " longer than " + Words.period(tasks.period())
        : " in the " + tasks.poolNoun() + " made in "
            + Words.place(Culprits.suspects(tasks.poolCreatedAt(), List.of(), owners))
            + (count == 1 ? " does" : " do") + " not get a turn in time";
    return Words.count(count, "periodic task") + what + ", " + behind.runs()
        + (stuck ? ", all workers are stuck" : ", more and more");
  }

  private static List<String> evidence(
      Behind behind,
      long count,
      boolean stuck,
      @Nullable SiteExecutors pool,
      SampleHistory history) {
    LateTasks tasks = behind.tasks();
    RisingFloor rise = behind.rise();
    Duration more =
        Duration.ofNanos(Math.round(rise.perMinute() * tasks.period().toNanos()));
    List<String> evidence = new ArrayList<>();
    evidence.add(Words.seconds(tasks.late()) + " late at a "
        + (tasks.fixedRate() ? "period" : "delay") + " of " + Words.period(tasks.period()) + ", "
        + Words.seconds(more) + " more each minute");
    evidence.add("low-water mark of the runs behind rose " + rise.rises() + " times in a row, by "
        + rise.by());
    evidence.add(
        "it was running in " + behind.ran() + " of " + Words.count(behind.seen(), "sample"));
    if (tasks.sameRunSince() <= rise.firstSample()) {
      evidence.add((behind.own() ? "the same run for " : "no run for ")
          + Words.seconds(Ages.since(tasks.sameRunSince(), history)));
    }
    if (pool != null) {
      evidence.add(Words.workers(pool.queues()));
      if (stuck) {
        evidence.add("every worker has been in the same task for "
            + Words.seconds(Ages.since(pool.queues().stuckSince(), history)));
      }
    }
    long others = lateInThePool(tasks, history.newest()) - count;
    if (others > 0) {
      evidence.add(Words.count(others, "other periodic task") + " late in pools made there");
    }
    return evidence;
  }

  private static long lateInThePool(LateTasks tasks, Sample newest) {
    return newest.lateTasks().stream()
        .filter(late -> late.poolOrigin() != 0 && late.poolOrigin() == tasks.poolOrigin())
        .mapToLong(LateTasks::count)
        .sum();
  }
}
