package io.leakwatch.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hand-built reports of proofs for tests: of JVM 4711, from a heap dump, confirmed, of which a test changes what it is about. */
public final class ProofReportBuilder {
  /** When the heap was dumped. */
  public static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  private String target = "JVM 4711";
  private @Nullable Long pid = 4711L;
  private long ownerUnknown;

  /** From a file, of which no process is known. */
  public ProofReportBuilder file(String name) {
    target = name;
    pid = null;
    return this;
  }

  /** So many threads are at monitors of which is not known who holds them. */
  public ProofReportBuilder ownerUnknown(long threads) {
    ownerUnknown = threads;
    return this;
  }

  /** The report with these findings. */
  public ProofReport build(ProvenFinding... findings) {
    return new ProofReport(
        TIME,
        target,
        pid,
        ProofReport.Method.HEAP_DUMP,
        20,
        30,
        70,
        80,
        44,
        ownerUnknown,
        2_000_000,
        1_234_567,
        true,
        Duration.ofSeconds(61),
        List.of(findings));
  }

  /** A finding of threads with these numbers. */
  public static ProvenFinding proven(
      FindingBuilder finding, ProofLevel level, boolean confirmed, Long... threads) {
    Finding built = finding.verdict(level.verdict(confirmed)).build();
    TrackedFinding tracked =
        new TrackedFinding(built, built.verdict(), FindingState.NEW, TIME, false);
    return new ProvenFinding(
        tracked, level, confirmed, built.threadNames(), List.of(threads), null);
  }
}
