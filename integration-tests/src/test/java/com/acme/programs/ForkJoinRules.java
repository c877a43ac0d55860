package com.acme.programs;

import static com.acme.programs.Transcript.brief;
import static com.acme.programs.Transcript.line;
import static com.acme.programs.Transcript.trace;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What fork-join pools, parallel streams and stages promise. */
final class ForkJoinRules {
  private ForkJoinRules() {}

  static void tellAll() throws InterruptedException {
    Transcript.part("a fork-join pool", ForkJoinRules::forkJoinPool);
    Transcript.part("the common pool", ForkJoinRules::commonPool);
    Transcript.part("stages", ForkJoinRules::stages);
  }

  private static void forkJoinPool() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    line(pool.submit(() -> "submitted").get());
    line(pool.submit(new Job(1, () -> {}), "given").get());
    line(pool.invoke(ForkJoinTask.adapt(() -> "invoked")));
    CountDownLatch executed = new CountDownLatch(1);
    pool.execute(executed::countDown);
    Transcript.await(executed);
    line(pool.submit(() -> IntStream.range(0, 1_000).parallel().sum()).get());
    Transcript.failure("runnable", pool.submit((Runnable) () -> {
      throw Job.failure("runnable");
    }));
    Transcript.failure("callable", pool.submit((Callable<?>) () -> {
      throw new InterruptedException("checked");
    }));
    ForkJoinTask<?> streaming =
        pool.submit((Runnable) () -> IntStream.range(0, 100).parallel().forEach(i -> {
          throw new IllegalStateException("in a stream");
        }));
    Transcript.failure("stream", streaming);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(Job.waiting(begun, gate));
    Transcript.await(begun);
    ForkJoinTask<?> cancelled = pool.submit(new Job(2, () -> line("must not run")));
    line("cancelled", cancelled.cancel(true));
    try {
      cancelled.join();
    } catch (CancellationException e) {
      brief("cancelled", e);
    }
    gate.countDown();
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
    try {
      pool.execute(new Job(3, () -> {}));
    } catch (RejectedExecutionException e) {
      trace("refused", e);
    }
  }

  private static void commonPool() throws Exception {
    line(ForkJoinPool.commonPool().submit(() -> "submitted").get());
    line(ForkJoinPool.commonPool().invoke(ForkJoinTask.adapt(() -> "invoked")));
    CountDownLatch executed = new CountDownLatch(1);
    ForkJoinPool.commonPool().execute(executed::countDown);
    Transcript.await(executed);
    line(IntStream.range(0, 100_000).parallel().filter(i -> i % 3 == 0).count());
    Transcript.failure("common", ForkJoinPool.commonPool().submit((Runnable) () -> {
      throw Job.failure("common");
    }));
    try {
      IntStream.range(0, 100_000).parallel().forEach(i -> {
        if (i == 7) {
          throw new IllegalStateException("seven");
        }
      });
    } catch (IllegalStateException e) {
      line("stream", e.getMessage().startsWith("java.lang") ? e.getCause() : e);
    }
  }

  private static void stages() throws Exception {
    line(CompletableFuture.supplyAsync(() -> "default")
        .thenApplyAsync(s -> s + "!")
        .get());
    Transcript.failure("default", CompletableFuture.runAsync(() -> {
      throw Job.failure("in a stage");
    }));
    ExecutorService own = Executors.newFixedThreadPool(1);
    CompletableFuture<String> failed = CompletableFuture.supplyAsync(
        () -> {
          throw Job.failure("in an own executor");
        },
        own);
    Transcript.failure("own", failed);
    try {
      Transcript.settled(failed).get();
    } catch (ExecutionException e) {
      trace("own", e);
    }
    line(failed.handleAsync((s, e) -> e.getClass().getName(), own).get());
    CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {}, task -> {});
    line("cancelled", cancelled.cancel(true), cancelled.isCancelled());
    Transcript.failure("dependent", cancelled.thenRun(() -> line("must not run")));
    own.shutdown();
    line("terminated", own.awaitTermination(60, TimeUnit.SECONDS));
    try {
      Future<?> unused = CompletableFuture.runAsync(() -> {}, own);
    } catch (RejectedExecutionException e) {
      line("refused", Transcript.strangers(e.getStackTrace()), e.getStackTrace().length);
    }
  }
}
