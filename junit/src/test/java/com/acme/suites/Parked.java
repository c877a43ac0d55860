package com.acme.suites;

import java.util.concurrent.CountDownLatch;

/** Something that waits until all tests are over. */
final class Parked {
  private static final CountDownLatch END = new CountDownLatch(1);

  private Parked() {}

  static void here() {
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A daemon, and named, so that the reports can be looked at. */
  static Thread thread(String name) {
    Thread thread = new Thread(Parked::here, name);
    thread.setDaemon(true);
    return thread;
  }
}
