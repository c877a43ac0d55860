package com.acme.programs;

import com.acme.VirtualThreads;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Has one executor of each kind, and in each a task that waits until this program is told to end. Says so when all run.
 * What else it does with them is known: the numbers are in the comments.
 */
public final class EveryExecutor {
  /** An application's own pool. */
  private static final class AuditedPool extends ThreadPoolExecutor {
    AuditedPool() {
      super(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(3));
    }

    @Override
    public void execute(Runnable task) {
      super.execute(task);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      thread.setName("audited");
    }
  }

  /** Counted down by each task when it begins. */
  private static final CountDownLatch BEGUN = new CountDownLatch(6);

  private static final CountDownLatch BOUNDED_BEGUN = new CountDownLatch(1);

  private static final CountDownLatch END = new CountDownLatch(1);

  private EveryExecutor() {}

  public static void main(String[] args) throws Exception {
    bounded();
    scheduled();
    forkJoin();
    common();
    timer();
    if (VirtualThreads.factory().isPresent()) {
      perTask();
      alone();
    }
    BEGUN.await();
    System.out.println("all run");
    while (System.in.read() >= 0) {
      // Until its input ends.
    }
    System.exit(0);
  }

  /** 1 runs, 3 wait, 2 were refused, 3 have finished, 1 of these failed, 1 was cancelled. */
  private static void bounded() throws InterruptedException {
    ExecutorService pool = new AuditedPool(); // made: bounded
    failing(pool.submit(EveryExecutor::fail));
    failing(pool.submit(() -> 3));
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> running = pool.submit(() -> {
      begun.countDown();
      await(cancelled);
    });
    begun.await();
    running.cancel(false);
    cancelled.countDown();
    pool.execute(EveryExecutor::bounded1); // handed in: bounded
    BOUNDED_BEGUN.await();
    for (int i = 0; i < 3; i++) {
      pool.execute(EveryExecutor::waitsInQueue); // handed in: waiting
    }
    for (int i = 0; i < 2; i++) {
      try {
        pool.execute(EveryExecutor::waitsInQueue);
      } catch (RejectedExecutionException e) {
        // As was to be expected.
      }
    }
  }

  private static void bounded1() {
    BOUNDED_BEGUN.countDown();
    begin();
  }

  private static void waitsInQueue() {}

  private static int fail() {
    throw new IllegalStateException("on purpose");
  }

  private static void failing(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      // As was to be expected.
    }
  }

  /** 1 runs, 1 waits, 1 is scheduled for later, 1 was cancelled. */
  private static void scheduled() {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1); // made: scheduled
    var running = pool.schedule(EveryExecutor::begin, 0, TimeUnit.SECONDS); // handed in: scheduled
    var waiting = pool.schedule(EveryExecutor::waitsInQueue, 1, TimeUnit.MILLISECONDS);
    var later = pool.schedule(EveryExecutor::waitsInQueue, 1, TimeUnit.HOURS);
    var cancelled = pool.schedule(EveryExecutor::waitsInQueue, 2, TimeUnit.HOURS);
    cancelled.cancel(false);
    keep(running, waiting, later);
  }

  private static void forkJoin() {
    ForkJoinPool pool = new ForkJoinPool(1); // made: fork-join
    Callable<Integer> task = () -> {
      begin();
      return 3;
    };
    keep(pool.submit(task)); // handed in: fork-join
  }

  /** An asynchronous stage, and a parallel stream, whose elements all wait but for what has no worker. */
  private static void common() {
    keep(CompletableFuture.supplyAsync(
        () -> { // handed in: common
          begin();
          return 3;
        }));
    Thread caller = new Thread(() -> IntStream.range(0, 2).parallel().forEach(i -> begin()));
    caller.setDaemon(true);
    caller.start();
  }

  /** 1 runs, 1 is scheduled for later. */
  private static void timer() {
    Timer timer = new Timer("reminders", true); // made: timer
    timer.schedule(task(EveryExecutor::begin), 0);
    timer.schedule(task(EveryExecutor::waitsInQueue), TimeUnit.HOURS.toMillis(1));
  }

  private static TimerTask task(Runnable run) {
    return new TimerTask() {
      @Override
      public void run() {
        run.run();
      }
    };
  }

  private static void perTask() {
    ExecutorService executor = VirtualThreads.newExecutor().orElseThrow();
    keep(executor.submit(() -> await(END))); // handed in: per task
  }

  private static void alone() {
    for (int i = 0; i < 5; i++) {
      VirtualThreads.factory().orElseThrow().newThread(() -> await(END)).start(); // made: alone
    }
  }

  private static void begin() {
    BEGUN.countDown();
    await(END); // waits here
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void keep(Future<?>... futures) {
    for (Future<?> future : futures) {
      if (future.isCancelled()) {
        throw new IllegalStateException("not by us");
      }
    }
  }
}
