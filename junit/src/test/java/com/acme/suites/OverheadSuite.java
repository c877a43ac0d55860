package com.acme.suites;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;

/** Clean tests, many of each kind; watched or not by how it is run. */
class OverheadSuite {
  static final int TESTS = 300;

  static class Empty {
    @RepeatedTest(TESTS)
    void test() {}
  }

  static class StartsThread {
    @RepeatedTest(TESTS)
    void test() throws InterruptedException {
      Thread thread = new Thread(() -> {});
      thread.start();
      thread.join();
    }
  }

  static class UsesExecutor {
    @RepeatedTest(TESTS)
    void test() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      pool.submit(() -> {}).get();
      pool.submit(() -> {}).get();
      pool.shutdown();
    }
  }
}
