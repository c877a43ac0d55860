package io.leakwatch.prove;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.frames.Frames;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.HeapObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes findings of a proof: threads by their cause, that is what was proven and where they wait. */
final class ProofFindings {
  private static final Comparator<ProvenFinding> STRONGEST_FIRST = Comparator.comparing(
          ProvenFinding::level)
      .thenComparing(found -> -found.tracked().finding().threads());

  private final Proof proof;
  private final HeapDump dump;
  private final boolean allNames;
  private final Instant time;
  private final Map<Long, Place> places = new HashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();

  private ProofFindings(Proof proof, boolean allNames, Instant time) {
    this.proof = proof;
    this.dump = proof.dump();
    this.allNames = allNames;
    this.time = time;
  }

  /**
   * All findings, the strongest first.
   *
   * @param allNames whether the names of all threads are wanted, not of ten
   * @param time when the heap was dumped
   */
  static List<ProvenFinding> of(Proof proof, boolean allNames, Instant time) {
    ProofFindings findings = new ProofFindings(proof, allNames, time);
    for (DumpedThread thread : proof.threads()) {
      ProofLevel level = proof.level(thread.index());
      if (level != null) {
        findings.add(thread, level);
      }
    }
    return findings.groups.values().stream()
        .map(findings::finding)
        .sorted(STRONGEST_FIRST)
        .toList();
  }

  private void add(DumpedThread thread, ProofLevel level) {
    Place place = places.computeIfAbsent(
        dump.threads().stackHash(thread.index()),
        h -> new Place(dump.threads().stack(thread.index())));
    HeapObject pool = place.idle ? ObjectWords.pool(dump, thread) : null;
    FindingKind kind = kind(thread, level, pool);
    // Who made the threads no dump tells; by which method they wait tells causes apart in its
    // place.
    String fingerprint = pool == null
        ? place.fingerprint(kind)
        : Fingerprint.of(kind, List.of(place.method), cause(thread, pool));
    boolean confirmed = proof.isConfirmed(thread.index());
    Group group = groups.computeIfAbsent(
        level + fingerprint + confirmed,
        k -> new Group(thread, level, confirmed, kind, fingerprint, place.stack, pool));
    group.threads.add(thread);
    if (pool != null) {
      group.pools.add(pool.id());
    }
  }

  private FindingKind kind(DumpedThread thread, ProofLevel level, @Nullable HeapObject pool) {
    if (level == ProofLevel.ORPHAN_LOCK) {
      OrphanLocks locks = proof.search(thread.index()).orphanLocks();
      HeapObject owner = locks.ownerOf(thread.index());
      boolean circle = owner != null && locks.isOrphan(owner);
      return circle ? FindingKind.DEADLOCK : FindingKind.LOCK_NEVER_RELEASED;
    }
    return pool == null ? FindingKind.NEVER_RUNS_AGAIN : FindingKind.EXECUTOR_NEVER_SHUT_DOWN;
  }

  /** Idle workers wait at the same place whoever made them; how they are called tells them apart. */
  private static List<String> cause(DumpedThread thread, HeapObject pool) {
    return List.of(
        pool.type().name(), ObjectWords.factory(pool), thread.name().replaceAll("[0-9]+", "#"));
  }

  private ProvenFinding finding(Group group) {
    boolean confirmed = group.confirmed;
    ProofLevel level = group.level;
    List<String> names = group.threads.stream()
        .map(DumpedThread::label)
        .limit(allNames ? Long.MAX_VALUE : Finding.MAX_THREAD_NAMES)
        .toList();
    List<StackTraceElement> stack = WaitWords.visible(group.stack);
    EvidenceWords words = new EvidenceWords(proof);
    Finding finding = new Finding(
        group.fingerprint,
        group.kind,
        level.verdict(confirmed),
        true,
        group.pools.isEmpty() ? group.threads.size() : group.pools.size(),
        group.threads.size(),
        0,
        Duration.ZERO,
        confirmed ? proof.seen().stoodFor() : Duration.ZERO,
        suspects(group),
        summary(group),
        headline(group),
        WaitWords.of(group.stack, group.first.waits()),
        words.of(level, group.first, group.pool),
        words.advice(level, group.kind),
        names,
        List.of(),
        Frames.text(stack),
        List.of());
    TrackedFinding tracked =
        new TrackedFinding(finding, finding.verdict(), FindingState.NEW, time, false);
    return new ProvenFinding(tracked, level, confirmed, names, numbers(group), null);
  }

  private static List<Long> numbers(Group group) {
    return group.threads.stream()
        .map(DumpedThread::tid)
        .filter(tid -> tid > 0)
        .sorted()
        .toList();
  }

  private static List<String> suspects(Group group) {
    return Frames.applicationFrames(WaitWords.visible(group.stack), 1);
  }

  private static String summary(Group group) {
    int pools = group.pools.size();
    int threads = group.threads.size();
    if (pools > 0) {
      String workers = threads + (threads == 1 ? " idle worker" : " idle workers");
      return (pools == 1 ? "executor" : pools + " executors")
          + " of "
          + workers
          + ", unreachable: never shut down";
    }
    String who = headline(group);
    return switch (group.level) {
      case PROVEN -> who + (threads == 1 ? " waits" : " wait") + " for what nothing can reach";
      case ORPHAN_LOCK ->
        who + (threads == 1 ? " waits" : " wait") + " for a lock without a living owner";
      case INTERRUPTIBLE -> who + " can only be interrupted";
      case WEAK -> who + " can be woken by way of weak references only";
    };
  }

  private static String headline(Group group) {
    long virtual = group.threads.stream().filter(DumpedThread::virtual).count();
    int threads = group.threads.size();
    String what = virtual == threads ? "virtual thread" : "thread";
    String count = threads + " " + what + (threads == 1 ? "" : "s");
    int pools = group.pools.size();
    return pools == 0 ? count : pools + (pools == 1 ? " executor (" : " executors (") + count + ")";
  }

  /** Where threads wait: of thousands there are few. */
  private static final class Place {
    final List<StackTraceElement> stack;
    final boolean idle;
    final String method;
    private final Map<FindingKind, String> fingerprints = new EnumMap<>(FindingKind.class);

    Place(List<StackTraceElement> stack) {
      this.stack = stack;
      this.idle = WaitWords.isIdleWorker(stack);
      this.method = WaitWords.place(stack);
    }

    String fingerprint(FindingKind kind) {
      return fingerprints.computeIfAbsent(
          kind, k -> Fingerprint.of(k, List.of(method), WaitWords.significant(stack)));
    }
  }

  /** Threads of one cause. */
  private static final class Group {
    final DumpedThread first;
    final ProofLevel level;
    final boolean confirmed;
    final FindingKind kind;
    final String fingerprint;
    final List<StackTraceElement> stack;
    final @Nullable HeapObject pool;
    final List<DumpedThread> threads = new ArrayList<>();
    final Set<Long> pools = new LinkedHashSet<>();

    Group(
        DumpedThread first,
        ProofLevel level,
        boolean confirmed,
        FindingKind kind,
        String fingerprint,
        List<StackTraceElement> stack,
        @Nullable HeapObject pool) {
      this.first = first;
      this.level = level;
      this.confirmed = confirmed;
      this.kind = kind;
      this.fingerprint = fingerprint;
      this.stack = stack;
      this.pool = pool;
    }
  }
}
