package io.leakwatch.sample;

import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.OriginClass;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the live threads of one origin while a census runs. Holds a few of them: for the time of one sample. */
final class ThreadGroupBuilder {
  /** What tells groups of threads apart. The class counts only where the site is unknown. */
  record Key(
      boolean virtual,
      @Nullable CreationSite site,
      @Nullable OriginClass origin,
      long executorOrigin,
      boolean idle) {}

  private final Key key;
  private final String taskClass;
  private final SiteThreads.@Nullable Owner owner;
  private final OldestThreads oldest = new OldestThreads();
  private final ProofTally proof;
  private final int[] bySlot;
  private int count;

  ThreadGroupBuilder(
      Key key,
      String taskClass,
      SiteThreads.@Nullable Owner owner,
      Watermarks marks,
      ProofTally proof) {
    this.key = key;
    this.taskClass = taskClass;
    this.owner = owner;
    this.bySlot = new int[marks.size() + 1];
    this.proof = proof;
  }

  /**
   * Adds a thread.
   *
   * @param slot when it was born
   * @param order smaller for older ones
   */
  void add(Thread thread, int slot, long order) {
    count++;
    bySlot[slot]++;
    oldest.offer(thread, order);
  }

  ProofTally proof() {
    return proof;
  }

  Key key() {
    return key;
  }

  String taskClass() {
    return taskClass;
  }

  /** Whether no executor is known that they work for. */
  boolean hasNoExecutor() {
    return owner == null;
  }

  int count() {
    return count;
  }

  /** Members that were not there at the first sample. */
  int grown() {
    return count - bySlot[0];
  }

  /** The slot of the oldest; that of the sample at hand when all are new. */
  int oldestSlot() {
    int slot = 0;
    while (slot < bySlot.length - 1 && bySlot[slot] == 0) {
      slot++;
    }
    return slot;
  }

  /** Looks at the oldest {@code limit} of them. */
  List<ThreadDetail> details(int limit, int stackDepth) {
    return oldest.details(limit, stackDepth);
  }

  /**
   * The group as it is told.
   *
   * @param elapsed now, since the agent's start
   * @param looks how many threads are looked at; 0 for none, nor their names
   */
  SiteThreads build(
      long origin,
      Watermarks marks,
      ServedThreads served,
      int index,
      Duration elapsed,
      int looks,
      int stackDepth) {
    List<ThreadDetail> details = oldest.details(looks, stackDepth);
    return new SiteThreads(
        origin,
        key.virtual(),
        taskClass,
        key.site() == null ? List.of() : key.site().frames(),
        owner,
        marks.cohorts(bySlot, index),
        !key.virtual() && owner == null && served.areServed(oldest.all(), details),
        looks > 0 ? oldest.names() : List.of(),
        details,
        proof.build(
            slot -> slot < marks.size() ? elapsed.minus(marks.elapsed(slot)) : Duration.ZERO));
  }
}
