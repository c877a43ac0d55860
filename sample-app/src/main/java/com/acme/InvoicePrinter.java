package com.acme;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Prints a customer's invoices over an executor of its own, and shuts that down when all have been handed in.
 *
 * <p><b>The leak:</b> after the last sheet the task waits for the printer's receipt, which an empty tray never gives.
 * {@code shutdown()} lets running tasks go on, and nobody awaits the end: the executor stays with its worker for ever.
 */
final class InvoicePrinter implements Service {
  @Override
  public void serve() {
    CountDownLatch receipt = new CountDownLatch(1);
    ExecutorService printing = Executors.newSingleThreadExecutor(); // leak: starts here
    for (String invoice : List.of("10 apples", "2 pears")) {
      printing.execute(() -> print(invoice));
    }
    printing.execute(() -> awaitReceipt(receipt));
    printing.shutdown();
  }

  private static void print(String invoice) {
    if (invoice.isEmpty()) {
      throw new IllegalArgumentException("nothing to print");
    }
  }

  private static void awaitReceipt(CountDownLatch receipt) {
    try {
      receipt.await(); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
