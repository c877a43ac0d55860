package com.acme.suites;

import io.leakwatch.junit.GrowthCheck;
import io.leakwatch.junit.NoLeaks;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

class GrowthSuite {
  static final AtomicInteger ROUNDS = new AtomicInteger();

  private @Nullable ExecutorService lazy;

  @GrowthCheck(rounds = 4)
  @NoLeaks(ignoreName = "*")
  void makesOneThingAndKeepsIt() throws Exception {
    ROUNDS.incrementAndGet();
    if (lazy == null) {
      lazy = Executors.newSingleThreadExecutor();
    }
    lazy.submit(() -> {}).get();
  }

  @GrowthCheck(rounds = 3)
  void growsEachTime() {
    Parked.thread("grows").start();
  }

  @GrowthCheck(rounds = 1)
  void oneRoundIsNoGrowth() {}
}
