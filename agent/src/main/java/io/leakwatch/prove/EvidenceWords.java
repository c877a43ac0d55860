package io.leakwatch.prove;

import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.ProofLevel;
import io.leakwatch.prove.Proof.Search;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.HeapObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what was searched and found, or not found, so that a person can check it. */
final class EvidenceWords {
  private final Proof proof;
  private final HeapDump dump;

  EvidenceWords(Proof proof) {
    this.proof = proof;
    this.dump = proof.dump();
  }

  /** For one thread, which stands for its group. */
  List<String> of(ProofLevel level, DumpedThread thread, @Nullable HeapObject pool) {
    List<String> evidence = new ArrayList<>();
    Search search = proof.search(thread.index());
    String blocker = blocker(thread);
    switch (level) {
      case PROVEN ->
        evidence.add(
            blocker.isEmpty()
                ? "its Thread is not among the " + searched(search, Reachability.BY_WEAK)
                : "neither its Thread nor what it waits for (" + blocker + ") is among the "
                    + searched(search, Reachability.BY_WEAK));
      case ORPHAN_LOCK -> evidence.add(orphan(search.orphanLocks(), thread, blocker));
      case INTERRUPTIBLE -> {
        evidence.add("what it waits for" + (blocker.isEmpty() ? "" : " (" + blocker + ")")
            + " is not among the "
            + searched(search, Reachability.STRONG)
            + " by strong references");
        evidence.add(
            search.reachability().isReached(thread.index())
                ? "its Thread is"
                : "a thread that could be interrupted would come to it");
      }
      case WEAK ->
        evidence.add("what it waits for" + (blocker.isEmpty() ? "" : " (" + blocker + ")")
            + " is reached by weak or soft references only");
    }
    if (pool != null) {
      String factory = ObjectWords.factory(pool);
      evidence.add("their executor is " + ObjectWords.name(dump, pool.id())
          + (factory.isEmpty() ? "" : ", its threads are made by " + factory));
    }
    evidence.add(confirmation(thread));
    return evidence;
  }

  private String confirmation(DumpedThread thread) {
    if (proof.lost() > 0) {
      return "unconfirmed: the dump lacks the stacks of " + proof.lost()
          + " virtual threads that were just parking; take another";
    } else if (!proof.isConfirmed(thread.index())) {
      return thread.virtual()
          ? "unconfirmed: it may be woken by what the dump does not show; --twice looks a second time"
          : "unconfirmed: it may just have been woken, which the dump does not show";
    }
    long seconds = proof.seen().stoodFor().toSeconds();
    if (thread.virtual() && thread.waits() == Wait.MONITOR) {
      return "it is blocked at a monitor of thread #" + proof.seen().owners().get(thread.tid())
          + ", which never runs again";
    }
    return thread.virtual()
        ? "the same in two dumps, " + seconds + " s apart"
        : "it did not run within " + seconds + " s before the dump, nor since";
  }

  /** What to do. */
  String advice(ProofLevel level, FindingKind kind) {
    return switch (level) {
      case PROVEN, ORPHAN_LOCK -> kind.advice();
      case INTERRUPTIBLE ->
        "interrupt it when its work is over (shutdownNow, cancel), or give the wait a timeout";
      case WEAK -> "hold what ends the wait by a strong reference, or give the wait a timeout";
    };
  }

  private static String searched(Search search, int step) {
    return String.format(
        Locale.ROOT,
        "%,d objects that static fields, native code and the %,d threads able to run can reach",
        search.reachability().marked(step),
        search.reachability().alive(step));
  }

  private static String orphan(OrphanLocks locks, DumpedThread thread, String lock) {
    HeapObject owner = locks.ownerOf(thread.index());
    if (owner == null) {
      return "it waits for " + lock;
    }
    String name = ObjectWords.threadName(owner);
    String fate = locks.hasEnded(owner)
        ? "has ended"
        : locks.isOrphan(owner) ? "waits for such a lock itself" : "can never run again";
    return lock + " is owned by " + name + ", which " + fate;
  }

  private String blocker(DumpedThread thread) {
    return thread.blocker() == 0 ? "" : ObjectWords.name(dump, thread.blocker());
  }
}
