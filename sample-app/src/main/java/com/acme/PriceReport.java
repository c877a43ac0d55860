package com.acme;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks up two prices side by side and adds them.
 *
 * <p><b>The leak:</b> every request makes an executor of its own, and nobody shuts it down. Its two workers wait for a
 * third task for ever.
 */
final class PriceReport implements Service {
  @Override
  public void serve() throws InterruptedException, ExecutionException {
    ExecutorService lookups = Executors.newFixedThreadPool(2); // leak: starts here
    Future<Integer> apples = lookups.submit(() -> 3);
    Future<Integer> pears = lookups.submit(() -> 4);
    int total = apples.get() + pears.get();
    if (total != 7) {
      throw new IllegalStateException("wrong total: " + total);
    }
  }
}
