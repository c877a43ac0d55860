package io.leakwatch.prove;

import io.leakwatch.finding.ProofLevel;
import io.leakwatch.prove.heap.HeapDump;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was proven of each thread of a dump. */
final class Proof {
  private final HeapDump dump;
  private final Observation seen;
  private final List<DumpedThread> threads;
  private final Reachability reachability;
  private final OrphanLocks orphanLocks;

  /**
   * Proves.
   *
   * @param seen what is known of the JVM beside the dump
   * @param withPaths whether shortest paths are wanted afterwards; takes more memory
   */
  Proof(HeapDump dump, Observation seen, boolean withPaths) {
    this.dump = dump;
    this.seen = seen;
    this.threads = DumpedThreads.of(dump);
    int[] owners = owners();
    boolean[] canRun = new boolean[threads.size()];
    for (DumpedThread thread : threads) {
      canRun[thread.index()] = thread.waits() == Wait.NONE
          || seen.mayHaveRun(thread.tid())
          // Its owner may be in compiled code that does not tell what it holds.
          || (thread.waits() == Wait.MONITOR && owners[thread.index()] < 0);
    }
    this.reachability = new Reachability(dump, threads, canRun, owners, withPaths);
    reachability.search();
    boolean[] dead = new boolean[threads.size()];
    for (int i = 0; i < dead.length; i++) {
      dead[i] = reachability.step(i) == Reachability.NEVER;
    }
    this.orphanLocks = new OrphanLocks(dump, threads, canRun, dead);
  }

  HeapDump dump() {
    return dump;
  }

  Observation seen() {
    return seen;
  }

  /** All threads of the dump, each at its index. */
  List<DumpedThread> threads() {
    return threads;
  }

  Reachability reachability() {
    return reachability;
  }

  OrphanLocks orphanLocks() {
    return orphanLocks;
  }

  /** What was proven of a thread; {@code null} when it can run, as far as is known. */
  @Nullable
  ProofLevel level(int thread) {
    if (reachability.step(thread) == Reachability.NEVER) {
      return ProofLevel.PROVEN;
    } else if (orphanLocks.contains(thread)) {
      return ProofLevel.ORPHAN_LOCK;
    }
    return switch (reachability.step(thread)) {
      case Reachability.BY_INTERRUPT -> ProofLevel.INTERRUPTIBLE;
      case Reachability.BY_WEAK -> ProofLevel.WEAK;
      default -> null;
    };
  }

  private int[] owners() {
    Map<Long, Integer> byTid = new HashMap<>();
    threads.forEach(thread -> byTid.put(thread.tid(), thread.index()));
    int[] owners = new int[threads.size()];
    for (DumpedThread thread : threads) {
      Long owner = seen.owners().get(thread.tid());
      owners[thread.index()] = owner == null ? -1 : byTid.getOrDefault(owner, -1);
    }
    return owners;
  }
}
