package com.acme.proof;

import com.acme.proof.Leaks.Leak;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes all leaks and all look-alikes, with {@code platform} or {@code virtual} threads, and waits for a line of input. The
 * name of each thread says what a proof must find: P proven, O orphan lock, I interruptible, W weak, A able to run; then the
 * kind, and a number.
 */
public final class Corpus {
  private static final int OF_EACH = 2;

  private Corpus() {}

  /** By what kind of thread. */
  public static void main(String[] args) throws Exception {
    List<Thread> made = Collections.synchronizedList(new ArrayList<>());
    makeAll(Starter.of(args[0], made));
    awaitAll(made);
    made.clear();
    // What the last calls have left on the stack and in registers is written over.
    Holder.use(deep(200));
    System.gc();
    System.out.println("made");
    System.exit(System.in.read() < 0 ? 1 : 0);
  }

  /** Until each stands where it will stand. */
  private static void awaitAll(List<Thread> made) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    for (int i = 0; i < made.size(); ) {
      Thread thread = made.get(i);
      boolean inInput = LookAlikes.IN_INPUT.stream().anyMatch(thread.getName()::contains);
      if (inInput || thread.getState() != Thread.State.RUNNABLE) {
        i++;
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException(thread + " does not come to rest");
      } else {
        Thread.sleep(1);
      }
    }
  }

  static void forever(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void makeAll(Starter starter) throws Exception {
    for (Map.Entry<String, Supplier<Waiting>> kind : Waiting.kinds().entrySet()) {
      for (int i = 0; i < OF_EACH; i++) {
        start("P/" + kind.getKey() + "/" + i, starter, kind.getValue().get());
        held("A/" + kind.getKey() + "/" + i, starter, kind.getValue().get(), Holder.Kept::new);
      }
    }
    List<Supplier<Waiting>> waits = new ArrayList<>(Waiting.kinds().values());
    int next = 0;
    for (Map.Entry<String, Holder> holder : Holder.strong().entrySet()) {
      for (int i = 0; i < OF_EACH; i++) {
        Waiting waiting = waits.get(next++ % waits.size()).get();
        held("A/" + holder.getKey() + "/" + i, starter, waiting, holder.getValue());
      }
    }
    for (Map.Entry<String, Holder> holder : Holder.weak().entrySet()) {
      for (int i = 0; i < OF_EACH; i++) {
        // One whose waker its own stack holds strongly, or the collector would break the hold at
        // once.
        Waiting waiting = Objects.requireNonNull(Waiting.kinds().get("latch")).get();
        held("W/" + holder.getKey() + "/" + i, starter, waiting, holder.getValue());
      }
    }
    make("P/", Leaks.provable(), starter);
    make("O/", Leaks.orphanLocks(), starter);
    make("A/", LookAlikes.all(), starter);
    make("I/", LookAlikes.interruptible(), starter);
  }

  private static void make(String verdict, Map<String, Leak> kinds, Starter starter)
      throws Exception {
    for (Map.Entry<String, Leak> kind : kinds.entrySet()) {
      for (int i = 0; i < OF_EACH; i++) {
        kind.getValue().make(verdict + kind.getKey() + "/" + i, starter);
      }
    }
  }

  private static void held(String name, Starter starter, Waiting waiting, Holder holder) {
    holder.hold(waiting.waker());
    start(name, starter, waiting);
  }

  private static void start(String name, Starter starter, Waiting waiting) {
    Waiting.Body body = waiting.body();
    starter.start(name, () -> {
      try {
        body.run();
      } catch (InterruptedException | ExecutionException | BrokenBarrierException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static Object deep(int depth) {
    Object[] locals = {depth, depth, depth};
    return depth == 0 ? locals : deep(depth - 1);
  }
}
