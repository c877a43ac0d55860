package io.leakwatch.sample;

import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.ExecutorKind;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import io.leakwatch.sample.Standstills.Standstill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the live executors of one origin, and some of their threads: for the time of one sample. */
final class ExecutorGroupBuilder {
  /** What tells groups of executors apart. */
  record Key(ExecutorKind kind, String className, @Nullable CreationSite site, boolean theJvmsOwn) {
    static Key of(ExecutorEntry entry) {
      return new Key(entry.kind(), entry.className(), entry.site(), entry.isTheJvmsOwn());
    }
  }

  private final Key key;
  private final OldestThreads oldest = new OldestThreads();
  private final OldestTasks tasks = new OldestTasks();
  private final int[] openBySlot;
  private int live;
  private int shutDown;
  private int open;
  private long threads;
  private long running;
  private @Nullable Duration idleTimeout;
  private final List<Standstill> held = new ArrayList<>();
  private final QueuesBuilder queues = new QueuesBuilder();
  private final ProofTally proof;

  ExecutorGroupBuilder(Key key, Watermarks marks, ProofTally proof) {
    this.key = key;
    this.openBySlot = new int[marks.size() + 1];
    this.proof = proof;
  }

  /**
   * Adds an executor.
   *
   * @param openSince the slot since which it may be a leak
   */
  void add(ExecutorEntry entry, int openSince) {
    live++;
    queues.add(entry);
    if (entry.isShutDown()) {
      shutDown++;
    } else if (entry.liveThreads() > 0) {
      open++;
      openBySlot[openSince]++;
      threads += entry.liveThreads();
      running += entry.runningTasks();
      idleTimeout = entry.idleTimeout();
    }
  }

  /** Adds an executor that stands still. */
  void add(Standstill standstill) {
    if (standstill.executor().isShutDown()) {
      held.add(standstill);
    } else {
      queues.add(standstill);
    }
  }

  void addThread(LiveThread live) {
    oldest.offer(live.thread(), live.id());
    proof.visit(live.id(), live.virtual(), 0);
  }

  Key key() {
    return key;
  }

  int live() {
    return live;
  }

  int open() {
    return open;
  }

  OldestTasks tasks() {
    return tasks;
  }

  /**
   * The group as it is told.
   *
   * @param looks how many threads are looked at
   * @param names whether some of their names are told, and as many of the oldest looked at
   */
  SiteExecutors build(
      long origin, Watermarks marks, int index, boolean names, int looks, int stackDepth) {
    return new SiteExecutors(
        origin,
        key.kind().noun(),
        key.className(),
        key.site() == null ? List.of() : key.site().frames(),
        live,
        shutDown,
        marks.cohorts(openBySlot, index),
        threads,
        running,
        idleTimeout,
        names ? oldest.names() : List.of(),
        names ? oldest.details(looks, stackDepth) : List.of(),
        Standstills.held(held, looks, stackDepth),
        queues.build(),
        proof.build(slot -> Duration.ZERO));
  }
}
