package com.acme.suites;

import io.leakwatch.junit.NoLeaks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Side by side: all use the same pools by the same chains; those with an odd number leave something. */
@NoLeaks(linger = "500ms")
@Execution(ExecutionMode.CONCURRENT)
class ParallelSuite {
  static final int TESTS = 32;

  private static final ExecutorService SHARED = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(() -> task.run());
    thread.setDaemon(true);
    return thread;
  });
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(4);
  private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

  static List<Integer> numbers() {
    return IntStream.range(0, TESTS).boxed().toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numbers")
  void test(int number) throws Exception {
    // Waits for another one, so that some are surely side by side.
    TOGETHER.await();
    SHARED.submit(() -> {}).get();
    FORK_JOIN.submit(() -> IntStream.range(0, 50).parallel().sum()).get();
    CompletableFuture.supplyAsync(() -> number, SHARED)
        .thenApplyAsync(n -> n + 1, FORK_JOIN)
        .thenAcceptAsync(
            n -> {
              if (number % 2 == 1) {
                Parked.thread("left-by-" + number).start();
              }
            },
            SHARED)
        .get();
    SHARED.execute(() -> FORK_JOIN.execute(() -> new Thread(() -> {}).start()));
    if (number % 4 == 1) {
      SHARED.execute(() -> {
        Thread.currentThread().setName("task-of-" + number);
        Parked.here();
      });
    }
  }
}
