package com.acme.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Starts and ends virtual threads as fast as it can, directly and by executors that are shut down as soon as their tasks are
 * handed in, while others wait: some for what only they have, some for what is kept. After a line of input it stops, lets go
 * whoever it can, and says what is wrong; after another it ends.
 */
public final class ManyVirtualThreads {
  /** That many leak. */
  public static final int LEAKED = 20;

  /** That many end before it says {@code many}. */
  public static final int MANY = 50_000;

  private static final int KEPT = 20;
  private static final int BATCH = 100;

  private static final AtomicLong ENDED = new AtomicLong();
  private static final ConcurrentLinkedQueue<String> WRONG = new ConcurrentLinkedQueue<>();
  private static volatile boolean running = true;

  private ManyVirtualThreads() {}

  /** Without arguments. */
  public static void main(String[] args) throws Exception {
    List<Thread> made = new ArrayList<>();
    Starter starter = Starter.of("virtual", made);
    // In one that ends: the JVM holds a virtual thread in which a class was loaded, where an agent
    // watches that.
    CountDownLatch loaded = new CountDownLatch(1);
    Thread first = starter.start("first", () -> waitFor(loaded));
    while (first.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    loaded.countDown();
    first.join();
    for (int i = 0; i < LEAKED; i++) {
      leak(starter, "leaked-" + i);
    }
    made.clear();
    CountDownLatch kept = new CountDownLatch(1);
    for (int i = 0; i < KEPT; i++) {
      starter.start("kept-" + i, () -> waitFor(kept));
    }
    List<Thread> all = List.copyOf(made);
    Thread direct = new Thread(() -> untilStopped(ManyVirtualThreads::startDirectly), "direct");
    Thread pooled = new Thread(() -> untilStopped(ManyVirtualThreads::startInExecutor), "pooled");
    direct.start();
    pooled.start();
    System.out.println("made");
    int told = System.in.read();
    running = false;
    direct.join();
    pooled.join();
    kept.countDown();
    for (Thread thread : all) {
      thread.join(TimeUnit.MINUTES.toMillis(1));
      if (thread.isAlive()) {
        WRONG.add(thread.getName() + " was not woken");
      }
    }
    System.out.println(WRONG.isEmpty() ? "nothing is wrong" : "wrong: " + WRONG);
    while (told >= 0 && told != 'e') {
      told = System.in.read();
    }
    System.exit(told < 0 ? 1 : 0);
  }

  /** Nothing that outlives this method has the latch. */
  private static void leak(Starter starter, String name) {
    CountDownLatch latch = new CountDownLatch(1);
    starter.start(name, () -> waitFor(latch));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void untilStopped(BooleanSupplier step) {
    boolean said = false;
    while (running && step.getAsBoolean()) {
      if (!said && ENDED.get() >= MANY) {
        said = true;
        System.out.println("many");
      }
    }
  }

  /** Threads that wait for a moment, so that they may be found waiting. */
  private static boolean startDirectly() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(BATCH);
    List<Thread> made = new ArrayList<>();
    Starter starter = Starter.of("virtual", made);
    for (int i = 0; i < BATCH; i++) {
      starter.start("brief", () -> {
        waitFor(go);
        ended.countDown();
      });
    }
    go.countDown();
    return await(ended, "threads that were started directly");
  }

  /** An executor that makes its threads, and that must not count as terminated before its last task has ended. */
  private static boolean startInExecutor() {
    ThreadFactory factory = task -> Starter.of("virtual", new ArrayList<>()).unstarted("t", task);
    for (boolean ofFactory : new boolean[] {true, false}) {
      ExecutorService executor =
          ofFactory ? Executors.newFixedThreadPool(8, factory) : newExecutor();
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(BATCH);
      for (int i = 0; i < BATCH; i++) {
        executor.execute(() -> {
          waitFor(go);
          ended.countDown();
        });
      }
      executor.shutdown();
      if (executor.isTerminated()) {
        WRONG.add("an executor has terminated before its tasks");
      }
      go.countDown();
      if (!await(ended, "tasks of an executor")) {
        return false;
      }
      try {
        if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
          WRONG.add("an executor has not terminated");
          return false;
        }
      } catch (InterruptedException e) {
        return false;
      }
    }
    return true;
  }

  private static boolean await(CountDownLatch ended, String what) {
    try {
      if (ended.await(1, TimeUnit.MINUTES)) {
        ENDED.addAndGet(BATCH);
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    WRONG.add(what + " have not ended");
    return false;
  }

  private static ExecutorService newExecutor() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
