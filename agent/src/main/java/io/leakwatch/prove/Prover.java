package io.leakwatch.prove;

import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.Redaction;
import io.leakwatch.prove.heap.DumpFormatException;
import io.leakwatch.prove.heap.HeapDump;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Proves from a heap dump in a file which of its threads can never run again. */
public final class Prover {
  private final boolean allNames;
  private final @Nullable String why;
  private final Redaction redaction;

  /**
   * A prover.
   *
   * @param allNames whether the report is to list the names of all threads of a finding, not of ten
   * @param why the name or the number of a thread about which is to be said what keeps its wait from being hopeless;
   *     {@code null} when nobody asks
   * @param redaction of what is said of that thread; the report itself is whole, for it is yet to be joined
   */
  public Prover(boolean allNames, @Nullable String why, Redaction redaction) {
    this.allNames = allNames;
    this.why = why;
    this.redaction = redaction;
  }

  /** What was found, and for the thread that was asked about what keeps it, line by line; empty when nobody asked. */
  public record Result(ProofReport report, List<String> why) {
    public Result {
      why = List.copyOf(why);
    }
  }

  /**
   * Proves.
   *
   * @param target what the report calls the dump's origin
   * @param pid the process that it comes from; {@code null} when unknown
   * @param seen what was seen of its threads
   * @param progress is told the percentage of the reading that is done
   * @throws DumpFormatException when it is no dump, or one that is corrupt or cut off; says what and where, without the
   *     file's name
   * @throws IOException when it cannot be read
   */
  public Result prove(
      Path file, String target, @Nullable Long pid, Observation seen, LongConsumer progress)
      throws IOException {
    HeapDump dump = HeapDump.open(file, EdgeRules::isHeldByClasses, progress);
    Proof proof = new Proof(dump, seen, why != null);
    Instant time = Instant.ofEpochMilli(dump.takenAtMillis());
    Reachability last = proof.lastSearch().reachability();
    long virtual = proof.threads().stream().filter(DumpedThread::virtual).count();
    ProofReport report = new ProofReport(
        time,
        target,
        pid,
        ProofReport.Method.HEAP_DUMP,
        proof.threads().size() - virtual,
        virtual,
        seen.highest(),
        seen.stuckBefore().highest(),
        last.alive(Reachability.BY_WEAK),
        proof.ownerUnknown(),
        dump.objects(),
        last.marked(Reachability.BY_WEAK),
        !seen.isEmpty() && proof.lost() == 0,
        seen.stoodFor(),
        ProofFindings.of(proof, allNames, time));
    return new Result(
        report, why == null ? List.of() : new ArrayList<>(Why.of(proof, why, redaction)));
  }

  /**
   * The virtual threads that nothing can wake, as far as one dump tells.
   *
   * @throws IOException as {@link #prove}
   */
  public static Stuck stuck(Path file, LongConsumer progress) throws IOException {
    HeapDump dump = HeapDump.open(file, EdgeRules::isHeldByClasses, progress);
    Proof proof = new Proof(dump, Observation.NONE, false);
    Map<Long, Long> stuck = new HashMap<>();
    for (DumpedThread thread : proof.threads()) {
      if (thread.virtual() && proof.lost() == 0 && proof.level(thread.index()) != null) {
        stuck.put(thread.tid(), thread.waitsFor());
      }
    }
    long highest = proof.threads().stream()
        .filter(DumpedThread::virtual)
        .mapToLong(DumpedThread::tid)
        .max()
        .orElse(0);
    return new Stuck(stuck, Math.max(0, highest));
  }
}
