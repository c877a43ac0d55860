package com.acme.suites;

import io.leakwatch.junit.ExpectLeak;
import io.leakwatch.junit.IgnoreLeaks;
import io.leakwatch.junit.KnownLeak;
import io.leakwatch.junit.LeakKind;
import io.leakwatch.junit.NoLeaks;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is foreseen does not fail a test, and only that. */
@NoLeaks(linger = "200ms")
class ExpectingSuite {
  @Test
  @ExpectLeak(LeakKind.THREAD_LEFT_RUNNING)
  void leavesWhatIsExpected() {
    Parked.thread("expected").start();
  }

  @Test
  @ExpectLeak(LeakKind.THREAD_LEFT_RUNNING)
  void doesNotLeaveWhatIsExpected() {}

  @Test
  @ExpectLeak(LeakKind.THREAD_LEFT_RUNNING)
  void leavesMoreThanIsExpected() throws Exception {
    Parked.thread("expected").start();
    Executors.newSingleThreadExecutor().submit(() -> {}).get();
  }

  @Test
  @NoLeaks(ignoreName = "vendor-*")
  void ignoredByName() {
    Parked.thread("vendor-1").start();
  }

  @Test
  @NoLeaks(ignoreCreator = "com.acme.suites.ExpectingSuite.makeVendorPool")
  void ignoredByCreator() throws Exception {
    makeVendorPool();
  }

  @Test
  @NoLeaks(ignoreAnyFrame = "com.acme.suites.Parked.here")
  void ignoredByAnyFrame() {
    Parked.thread("any").start();
  }

  @Test
  @NoLeaks(ignoreTopFrame = "*.park")
  void ignoredByTopFrame() {
    Parked.thread("top").start();
  }

  @Test
  @NoLeaks(ignoreName = "vendor-*")
  void notIgnoredByName() {
    Parked.thread("ours-1").start();
  }

  @Test
  @IgnoreLeaks("shows that it is left out")
  void leftOut() {
    Parked.thread("left-out").start();
  }

  @Test
  @KnownLeak(fingerprint = "000000000000", reason = "another one")
  void otherOneIsKnown() {
    Parked.thread("not-known").start();
  }

  private static void makeVendorPool() throws Exception {
    Executors.newSingleThreadExecutor().submit(() -> {}).get();
  }
}
