package com.acme.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.leakwatch.junit.NoLeaks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that leak in all ways, between some that do not. */
@NoLeaks(linger = "300ms")
@SuppressWarnings("FutureReturnValueIgnored")
class LeakySuite {
  private static ExecutorService shared = Executors.newCachedThreadPool();
  private static ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
  private ExecutorService field = Executors.newSingleThreadExecutor();

  @BeforeAll
  static void open() {
    shared = Executors.newCachedThreadPool();
    scheduled = Executors.newScheduledThreadPool(1);
  }

  @AfterAll
  static void close() {
    shared.shutdownNow();
    scheduled.shutdownNow();
  }

  @AfterEach
  void shutDown() {
    field.shutdownNow();
  }

  @Test
  void clean() throws Exception {
    field.submit(() -> {}).get();
    shared.submit(() -> {}).get();
    Thread thread = new Thread(() -> {});
    thread.start();
  }

  @Test
  void leavesThread() {
    Parked.thread("left-thread").start();
  }

  @Test
  void leavesExecutor() throws Exception {
    Executors.newFixedThreadPool(2).submit(() -> {}).get();
  }

  @Test
  void leavesExecutorThatCannotTerminate() {
    ExecutorService own = Executors.newSingleThreadExecutor();
    own.execute(Parked::here);
    own.shutdown();
  }

  @Test
  void leavesTaskInSharedPool() {
    shared.submit(Parked::here);
  }

  @Test
  void leavesThreadOverAStageInASharedPool() {
    CompletableFuture.supplyAsync(() -> "name", shared)
        .thenAcceptAsync(name -> Parked.thread("left-by-stage").start());
  }

  @Test
  void leavesSchedule() {
    scheduled.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MILLISECONDS);
  }

  @Test
  void failsAndLeaves() {
    Parked.thread("left-by-failing-test").start();
    assertEquals(1, 2, "its own failure");
  }

  @Test
  void failsOnly() {
    fail("only that");
  }

  @ParameterizedTest(name = "number {0}")
  @ValueSource(ints = {1, 2, 3})
  void leavesWithTwo(int number) {
    if (number == 2) {
      Parked.thread("left-by-parameter-2").start();
    }
  }

  @RepeatedTest(3)
  void leavesTheThirdTime(RepetitionInfo repetition) {
    if (repetition.getCurrentRepetition() == 3) {
      Parked.thread("left-by-repetition-3").start();
    }
  }

  @TestFactory
  Stream<DynamicTest> dynamic() {
    return List.of("first", "second", "third").stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> {
          if (name.equals("second")) {
            Parked.thread("left-by-dynamic-" + name).start();
          }
        }));
  }

  @Nested
  class Inner {
    @Test
    void clean() {}

    @Test
    void leaves() {
      Parked.thread("left-by-nested").start();
    }
  }
}
