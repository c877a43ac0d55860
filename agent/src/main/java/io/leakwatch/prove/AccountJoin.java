package io.leakwatch.prove;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.KnownThreads;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.finding.TrackedFinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds to what was proven what the account of an agent in that JVM knows of the same threads: who made them, how long ago, and
 * whose executors they work for. Threads are the same when their numbers are, which a JVM never gives out twice.
 */
public final class AccountJoin {
  private static final int MAX_SITES = 3;

  private final Map<Long, ThreadOrigin> byThread = new HashMap<>();

  private AccountJoin(List<ThreadOrigin> origins) {
    origins.forEach(origin -> origin.threads().forEach(thread -> byThread.put(thread, origin)));
  }

  /** The report with what is known added to each finding; one of whose threads nothing is known says so. */
  public static ProofReport join(ProofReport report, List<ThreadOrigin> origins) {
    AccountJoin join = new AccountJoin(origins);
    return report.withFindings(report.findings().stream().map(join::joined).toList());
  }

  private ProvenFinding joined(ProvenFinding proven) {
    Map<Site, Long> sites = new LinkedHashMap<>();
    Map<ThreadOrigin.Executor, Long> executors = new LinkedHashMap<>();
    Set<String> fingerprints = new LinkedHashSet<>();
    Duration oldest = proven.tracked().finding().oldest();
    long known = 0;
    boolean ofExecutors = proven.tracked().finding().kind() == FindingKind.EXECUTOR_NEVER_SHUT_DOWN;
    for (long thread : proven.threads()) {
      ThreadOrigin origin = byThread.get(thread);
      if (origin == null) {
        continue;
      }
      known++;
      oldest = oldest.compareTo(origin.age()) < 0 ? origin.age() : oldest;
      fingerprints.addAll(origin.fingerprints());
      ThreadOrigin.Executor executor = origin.executor();
      Site site = Site.of(origin, ofExecutors);
      if (site != null) {
        sites.merge(site, 1L, Long::sum);
      }
      if (executor != null) {
        executors.merge(executor, 1L, Long::sum);
      }
    }
    List<Map.Entry<Site, Long>> mostFirst = mostFirst(sites);
    List<String> evidence = new ArrayList<>();
    evidence.add("the agent knows " + known + " of " + count(proven.threads().size()));
    mostFirst.stream()
        .skip(1)
        .limit(MAX_SITES)
        .forEach(site ->
            evidence.add(site.getValue() + " of them made at " + site.getKey().line()));
    mostFirst(executors).stream()
        .limit(ofExecutors ? 0 : MAX_SITES)
        .forEach(executor ->
            evidence.add(executor.getValue() + " of them work for " + words(executor.getKey())));
    fingerprints.forEach(each -> evidence.add("part of the agent's finding " + each));
    Finding finding = proven
        .tracked()
        .finding()
        .withOrigin(
            mostFirst.isEmpty() ? List.of() : mostFirst.get(0).getKey().suspects(),
            mostFirst.isEmpty() ? List.of() : mostFirst.get(0).getKey().createdAt(),
            oldest,
            evidence);
    TrackedFinding tracked = proven.tracked();
    return new ProvenFinding(
        new TrackedFinding(
            finding, tracked.verdict(), tracked.state(), tracked.firstSeen(), tracked.known()),
        proven.level(),
        proven.confirmed(),
        proven.threadNames(),
        proven.threads(),
        new KnownThreads(
            known,
            List.copyOf(fingerprints),
            mostFirst(executors).stream().map(Map.Entry::getKey).toList()));
  }

  private static <T> List<Map.Entry<T, Long>> mostFirst(Map<T, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<T, Long>comparingByValue(Comparator.reverseOrder()))
        .toList();
  }

  private static String words(ThreadOrigin.Executor executor) {
    String what = "aeiou".indexOf(executor.noun().charAt(0)) < 0 ? "a " : "an ";
    List<String> frames =
        executor.suspects().isEmpty() ? executor.createdAt() : executor.suspects();
    return what + executor.noun() + (frames.isEmpty() ? "" : " made at " + frames.get(0));
  }

  private static String count(int threads) {
    return threads + (threads == 1 ? " thread" : " threads");
  }

  /** A place where things are made. */
  private record Site(List<String> suspects, List<String> createdAt) {
    /** Of threads, or where it is executors that leak of these; {@code null} when unknown. */
    static @Nullable Site of(ThreadOrigin origin, boolean ofExecutors) {
      ThreadOrigin.Executor executor = origin.executor();
      Site site = ofExecutors && executor != null
          ? new Site(executor.suspects(), executor.createdAt())
          : new Site(origin.suspects(), origin.createdAt());
      return site.createdAt.isEmpty() ? null : site;
    }

    String line() {
      return suspects.isEmpty() ? createdAt.get(0) : suspects.get(0);
    }
  }
}
