package com.acme;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks up two prices side by side and adds them.
 *
 * <p><b>Repaired</b> twin of {@link PriceReport}: whatever happens, the executor is shut down where it was made.
 */
final class PriceReportRepaired implements Service {
  @Override
  public void serve() throws InterruptedException, ExecutionException {
    ExecutorService lookups = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> apples = lookups.submit(() -> 3);
      Future<Integer> pears = lookups.submit(() -> 4);
      int total = apples.get() + pears.get();
      if (total != 7) {
        throw new IllegalStateException("wrong total: " + total);
      }
    } finally {
      lookups.shutdown();
    }
  }
}
