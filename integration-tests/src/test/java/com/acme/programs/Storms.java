package com.acme.programs;

import static com.acme.programs.Transcript.line;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The same thing a hundred thousand times: cancels, refusals, executors. */
final class Storms {
  private static final int CANCELLED = 100_000;

  private Storms() {}

  static void tellAll(int executors, int refusals) throws InterruptedException {
    Transcript.part("cancelled while queued", Storms::cancelQueued);
    Transcript.part("cancelled while running", Storms::cancelRunning);
    Transcript.part("refusals", () -> refusals(refusals));
    Transcript.part("many executors", () -> manyExecutors(executors));
  }

  private static void cancelQueued() throws InterruptedException {
    ThreadPoolExecutor pool = Extremes.pool(new LinkedBlockingQueue<>(), Thread::new);
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> Extremes.awaitQuietly(gate));
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < CANCELLED; i++) {
      futures.add(pool.submit(() -> line("must not run")));
    }
    line("queued", pool.getQueue().size());
    line("cancelled", futures.stream().filter(future -> future.cancel(true)).count());
    pool.purge();
    line("queued", pool.getQueue().size());
    gate.countDown();
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void cancelRunning() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    int cancelled = 0;
    int done = 0;
    for (int i = 0; i < CANCELLED; i++) {
      CountDownLatch begun = new CountDownLatch(i % 2);
      Future<?> future = pool.submit(begun::countDown);
      begun.await();
      if (future.cancel(true)) {
        cancelled++;
      }
      try {
        future.get();
        done++;
      } catch (CancellationException e) {
        done++;
      }
    }
    line("over", done, cancelled > 0);
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void refusals(int refusals) throws InterruptedException {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(1),
        new ThreadPoolExecutor.DiscardPolicy());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(Job.waiting(begun, gate));
    Transcript.await(begun);
    AtomicInteger ran = new AtomicInteger();
    pool.execute(ran::incrementAndGet);
    long before = usedMegabytes();
    for (int i = 0; i < refusals; i++) {
      pool.execute(ran::incrementAndGet);
    }
    long grown = usedMegabytes() - before;
    line(grown < 4 ? "memory is flat" : "memory has grown by " + grown + " MB");
    gate.countDown();
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS), ran);
  }

  private static long usedMegabytes() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
  }

  private static void manyExecutors(int executors) throws InterruptedException {
    List<ThreadPoolExecutor> pools = new ArrayList<>();
    for (int i = 0; i < executors; i++) {
      pools.add(Extremes.pool(new LinkedBlockingQueue<>(), Thread::new));
      ThreadPoolExecutor stuck = Extremes.pool(new LinkedBlockingQueue<>(), task -> null);
      stuck.execute(() -> line("must not run"));
      pools.add(stuck);
    }
    TimeUnit.MILLISECONDS.sleep(Extremes.WATCHED_MILLIS);
    line("queued", pools.stream().mapToInt(pool -> pool.getQueue().size()).sum());
  }
}
