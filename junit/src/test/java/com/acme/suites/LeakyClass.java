package com.acme.suites;

import io.leakwatch.junit.NoLeaks;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Its tests are clean; what all share is never closed. */
@NoLeaks(linger = "300ms")
class LeakyClass {
  private static ExecutorService shared = Executors.newCachedThreadPool();

  @BeforeAll
  static void open() {
    shared = Executors.newFixedThreadPool(1);
  }

  @Test
  void usesIt() throws Exception {
    shared.submit(() -> {}).get();
  }

  @Test
  void usesItToo() throws Exception {
    shared.submit(() -> {}).get();
  }
}
