package io.leakwatch.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code prove} has found. A value; reporters only format it.
 *
 * @param time when the heap was dumped
 * @param target such as {@code JVM 4711} or the name of a file
 * @param pid the JVM's process id; {@code null} when all there was is a file
 * @param method how it was found
 * @param platform platform threads in the dump
 * @param virtual virtual threads in the dump, or those that were waiting when the collector ran
 * @param settledPlatform the highest number of a platform thread that was there at the first look; those with higher ones came
 *     later, and are too young for a proof; 0 when there was no look
 * @param settledVirtual the same of virtual threads
 * @param canRun threads that can run, or may come to run, by weak references at most
 * @param ownerUnknown threads blocked at a monitor of which is not known who holds it: nothing is proven of them
 * @param objects classes, objects and arrays in the dump; 0 where there is no dump
 * @param reached those of them that the threads above, static fields and native code can reach
 * @param confirmed whether the threads were looked at before and after the dump
 * @param stoodFor how long the others were seen not to run; zero when unconfirmed
 * @param findings the strongest first
 */
public record ProofReport(
    Instant time,
    String target,
    @Nullable Long pid,
    Method method,
    long platform,
    long virtual,
    long settledPlatform,
    long settledVirtual,
    long canRun,
    long ownerUnknown,
    long objects,
    long reached,
    boolean confirmed,
    Duration stoodFor,
    List<ProvenFinding> findings) {
  /** How a proof is made. */
  public enum Method {
    /** All threads, from a heap dump. */
    HEAP_DUMP,
    /** Virtual threads that were started directly, by what the collector of their JVM reaches. */
    COLLECTOR_CYCLE
  }

  public ProofReport {
    findings = List.copyOf(findings);
  }

  /** The same with other findings. */
  public ProofReport withFindings(List<ProvenFinding> others) {
    return new ProofReport(
        time,
        target,
        pid,
        method,
        platform,
        virtual,
        settledPlatform,
        settledVirtual,
        canRun,
        ownerUnknown,
        objects,
        reached,
        confirmed,
        stoodFor,
        others);
  }
}
