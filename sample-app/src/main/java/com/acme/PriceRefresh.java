package com.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the price of each product that a customer looks at fresh, in a scheduled pool that all share.
 *
 * <p><b>The end:</b> a product that is sold out has no price. Its task throws, and the pool never runs it again; that is in
 * the future that {@link #serve} drops, and in no log.
 */
final class PriceRefresh implements Service {
  private static final long EVERY_MILLIS = 100;

  private final ScheduledExecutorService refreshes =
      Executors.newScheduledThreadPool(2); // leak: starts here
  private final AtomicLong products = new AtomicLong();
  private final Map<Long, Integer> prices = new ConcurrentHashMap<>();

  @Override
  public void serve() {
    long product = products.incrementAndGet();
    prices.put(product, 3);
    var unused = refreshes.scheduleAtFixedRate(
        () -> refresh(product), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    sellOut(product);
  }

  private void sellOut(long product) {
    prices.remove(product);
  }

  private void refresh(long product) {
    Integer price = prices.get(product);
    if (price == null) {
      throw new IllegalStateException("no price of product " + product);
    }
    prices.put(product, price);
  }
}
