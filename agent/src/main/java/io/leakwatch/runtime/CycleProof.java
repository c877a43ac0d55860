package io.leakwatch.runtime;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.prove.CycleFindings;
import io.leakwatch.prove.StuckThreads;
import io.leakwatch.registry.CollectorCycle;
import io.leakwatch.registry.CollectorCycle.ImpossibleException;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.sample.ProvenThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The proof from inside this JVM: which virtual threads nothing can wake. Used by the sampler's thread only. */
final class CycleProof {
  private final CollectorCycle cycle;
  private final long pid = ProcessHandle.current().pid();

  CycleProof(CollectorCycle cycle) {
    this.cycle = cycle;
  }

  /** Puts back what could not be put back before. */
  void putBack() {
    if (!cycle.isOver()) {
      cycle.putBack();
    }
  }

  /**
   * Proves; this takes two full collections.
   *
   * @throws ImpossibleException when this JVM cannot; the message is one line
   */
  ProofReport prove(Instant time) throws ImpossibleException, InterruptedException {
    CollectorCycle.Result result = cycle.run();
    List<ProvenFinding> findings = CycleFindings.of(byStack(result.proven()), time);
    long proven = findings.stream().mapToLong(found -> found.threads().size()).sum();
    return new ProofReport(
        time,
        "JVM " + pid,
        pid,
        ProofReport.Method.COLLECTOR_CYCLE,
        0,
        result.looked(),
        0,
        highest(findings),
        result.looked() - proven,
        0,
        0,
        0,
        true,
        Duration.ZERO,
        findings);
  }

  /** What the detectors are to know of it. Who came after the youngest that is proven is too young for the proof. */
  static ProvenThreads proven(ProofReport report) {
    List<Long> threads =
        report.findings().stream().flatMap(found -> found.threads().stream()).toList();
    return new ProvenThreads(
        "collector cycle of " + report.time().truncatedTo(ChronoUnit.SECONDS),
        0,
        report.settledVirtual(),
        threads,
        threads);
  }

  private static long highest(List<ProvenFinding> findings) {
    return findings.stream()
        .flatMap(found -> found.threads().stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** Of many threads there are few different stacks, and no more are kept. */
  private static List<StuckThreads> byStack(List<Thread> threads) {
    Map<List<StackTraceElement>, List<Long>> numbers = new LinkedHashMap<>();
    Map<List<StackTraceElement>, List<String>> names = new LinkedHashMap<>();
    for (Thread thread : threads) {
      List<StackTraceElement> stack = List.of(PlatformThreads.stack(thread));
      numbers.computeIfAbsent(stack, s -> new ArrayList<>()).add(PlatformThreads.id(thread));
      List<String> some = names.computeIfAbsent(stack, s -> new ArrayList<>());
      if (some.size() < Finding.MAX_THREAD_NAMES) {
        some.add(PlatformThreads.name(thread));
      }
    }
    List<StuckThreads> stuck = new ArrayList<>();
    numbers.forEach((stack, ids) -> {
      ids.sort(null);
      stuck.add(new StuckThreads(stack, ids, names.getOrDefault(stack, List.of())));
    });
    return stuck;
  }
}
