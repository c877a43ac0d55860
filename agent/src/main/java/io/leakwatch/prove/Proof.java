package io.leakwatch.prove;

import io.leakwatch.finding.ProofLevel;
import io.leakwatch.prove.heap.HeapDump;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was proven of each thread of a dump. There are two searches: in the first every thread counts as able to run that was
 * not seen to stand still, so that its result is certain; in the second only those that were seen to run. What only the second
 * finds is unconfirmed.
 */
final class Proof {
  private final HeapDump dump;
  private final Observation seen;
  private final List<DumpedThread> threads;
  private final int[] owners;
  private final @Nullable Search certain;
  private final Search likely;
  private final long lost;

  /** One search, and the locks without a living owner that follow from it. */
  record Search(Reachability reachability, OrphanLocks orphanLocks) {
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
  }

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
    this.owners = owners();
    boolean allConfirmed = threads.stream()
        .noneMatch(thread ->
            thread.waits() != Wait.NONE && !seen.confirms(thread) && !seen.refutes(thread));
    this.lost = threads.stream().filter(DumpedThread::lost).count();
    Search first = seen.isEmpty() || lost > 0 ? null : search(true, withPaths && allConfirmed);
    if (first == null || !allConfirmed) {
      if (first != null) {
        dump.unmarkAll();
      }
      this.likely = search(false, withPaths);
    } else {
      this.likely = first;
    }
    this.certain = first;
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

  /** How many threads run of which the dump lacks the stack, so that nothing is certain. */
  long lost() {
    return lost;
  }

  /** How many threads are blocked at a monitor of which is not known who holds it. */
  long ownerUnknown() {
    return threads.stream().filter(this::isOwnerUnknown).count();
  }

  private boolean isOwnerUnknown(DumpedThread thread) {
    return thread.waits() == Wait.MONITOR && owners[thread.index()] < 0;
  }

  /** What was proven of a thread; {@code null} when it can run, as far as is known. */
  @Nullable
  ProofLevel level(int thread) {
    return search(thread).level(thread);
  }

  /** Whether what was proven of a thread is certain. */
  boolean isConfirmed(int thread) {
    return certain != null && certain.level(thread) != null;
  }

  /** The search that says the most of a thread. */
  Search search(int thread) {
    return certain != null && isConfirmed(thread) ? certain : likely;
  }

  /** The search that was made last, whose marks and paths are in the dump. */
  Search lastSearch() {
    return likely;
  }

  private Search search(boolean strict, boolean withPaths) {
    boolean[] canRun = new boolean[threads.size()];
    for (DumpedThread thread : threads) {
      canRun[thread.index()] = thread.waits() == Wait.NONE
          || (strict ? !seen.confirms(thread) : seen.refutes(thread))
          // Its owner may be in compiled code that does not tell what it holds.
          || isOwnerUnknown(thread);
    }
    Reachability reachability = new Reachability(dump, threads, canRun, owners, withPaths);
    reachability.search();
    boolean[] dead = new boolean[threads.size()];
    for (int i = 0; i < dead.length; i++) {
      dead[i] = reachability.step(i) == Reachability.NEVER;
    }
    return new Search(reachability, new OrphanLocks(dump, threads, canRun, dead));
  }

  private int[] owners() {
    Map<Long, Integer> byTid = new HashMap<>();
    threads.forEach(thread -> byTid.put(thread.tid(), thread.index()));
    int[] found = new int[threads.size()];
    for (DumpedThread thread : threads) {
      Long owner = seen.owners().get(thread.tid());
      found[thread.index()] = owner == null ? -1 : byTid.getOrDefault(owner, -1);
    }
    return found;
  }
}
