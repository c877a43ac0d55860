package com.acme;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prints a customer's invoices over an executor of its own, and shuts that down when all have been handed in.
 *
 * <p><b>Repaired</b> twin of {@link InvoicePrinter}: the wait for the printer's receipt has an end, and so has the executor.
 */
final class InvoicePrinterRepaired implements Service {
  private static final long MILLIS_FOR_A_RECEIPT = 100;

  private final AtomicInteger jams = new AtomicInteger();

  @Override
  public void serve() {
    CountDownLatch receipt = new CountDownLatch(1);
    ExecutorService printing = Executors.newSingleThreadExecutor();
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

  private void awaitReceipt(CountDownLatch receipt) {
    try {
      boolean printed = receipt.await(MILLIS_FOR_A_RECEIPT, TimeUnit.MILLISECONDS);
      if (!printed) {
        jams.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
