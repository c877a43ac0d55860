package com.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the price of each product that a customer looks at fresh, in a scheduled pool that all share.
 *
 * <p><b>Repaired</b> twin of {@link PriceRefresh}: when a product is sold out, its task is cancelled; and a task that fails
 * says so and is run again.
 */
final class PriceRefreshRepaired implements Service {
  private static final long EVERY_MILLIS = 100;

  private final ScheduledExecutorService refreshes = Executors.newScheduledThreadPool(2);
  private final AtomicLong products = new AtomicLong();
  private final Map<Long, Integer> prices = new ConcurrentHashMap<>();
  private final Map<Long, Future<?>> refreshing = new ConcurrentHashMap<>();

  @Override
  public void serve() {
    long product = products.incrementAndGet();
    prices.put(product, 3);
    refreshing.put(
        product,
        refreshes.scheduleAtFixedRate(
            () -> refreshOrSay(product), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS));
    sellOut(product);
  }

  private void sellOut(long product) {
    refreshing.remove(product).cancel(false);
    prices.remove(product);
  }

  private void refreshOrSay(long product) {
    try {
      refresh(product);
    } catch (RuntimeException e) {
      System.err.println("price of product " + product + " not refreshed: " + e.getMessage());
    }
  }

  private void refresh(long product) {
    Integer price = prices.get(product);
    if (price == null) {
      throw new IllegalStateException("no price of product " + product);
    }
    prices.put(product, price);
  }
}
