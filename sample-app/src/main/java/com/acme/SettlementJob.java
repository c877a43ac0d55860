package com.acme;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * Settles a day in two parts, trades and fees; a thread waits for both, then closes the books.
 *
 * <p><b>The leak:</b> on a day without fees {@link #settleFees} returns early, before its count-down. The latch never
 * reaches zero and the thread that would close the books waits for ever.
 */
final class SettlementJob implements Service {
  private final ThreadFactory threads;

  SettlementJob(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    CountDownLatch parts = new CountDownLatch(2);
    threads.newThread(() -> closeBooks(parts)).start(); // leak: starts here
    settleTrades(parts);
    settleFees(0, parts);
  }

  private static void settleTrades(CountDownLatch parts) {
    parts.countDown();
  }

  private static void settleFees(int fees, CountDownLatch parts) {
    if (fees == 0) {
      return;
    }
    parts.countDown();
  }

  private static void closeBooks(CountDownLatch parts) {
    try {
      parts.await(); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
