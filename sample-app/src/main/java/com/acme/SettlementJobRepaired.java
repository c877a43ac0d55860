package com.acme;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * Settles a day in two parts, trades and fees; a thread waits for both, then closes the books.
 *
 * <p><b>Repaired</b> twin of {@link SettlementJob}: each part counts down in a {@code finally} block, on every way out.
 */
final class SettlementJobRepaired implements Service {
  private final ThreadFactory threads;

  SettlementJobRepaired(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    CountDownLatch parts = new CountDownLatch(2);
    threads.newThread(() -> closeBooks(parts)).start();
    settleTrades(parts);
    settleFees(0, parts);
  }

  private static void settleTrades(CountDownLatch parts) {
    parts.countDown();
  }

  private static void settleFees(int fees, CountDownLatch parts) {
    try {
      if (fees == 0) {
        return;
      }
      Thread.onSpinWait();
    } finally {
      parts.countDown();
    }
  }

  private static void closeBooks(CountDownLatch parts) {
    try {
      parts.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
