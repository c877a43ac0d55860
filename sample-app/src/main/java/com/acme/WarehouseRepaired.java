package com.acme;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sells from the stock and refills it, on two threads. Both change the orders and the stock together, under the locks of
 * both.
 *
 * <p><b>Repaired</b> twin of {@link Warehouse}: both lock the orders first, then the stock. Whoever has the first lock finds
 * the second free, or held by somebody who needs nothing more. They still begin at the same moment.
 */
final class WarehouseRepaired implements Service {
  /** What both threads work on; each request has its own. */
  private static final class Shelf {
    private final Lock orders = new ReentrantLock();
    private final Lock stock = new ReentrantLock();
    private final CountDownLatch badLuck = new CountDownLatch(2);
    private int ordered = 10;
    private int inStock = 100;
  }

  private final ThreadFactory threads;

  WarehouseRepaired(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    Shelf shelf = new Shelf();
    threads.newThread(() -> sell(shelf)).start();
    threads.newThread(() -> refill(shelf)).start();
  }

  private static void sell(Shelf shelf) {
    meet(shelf.badLuck);
    shelf.orders.lock();
    try {
      shelf.stock.lock();
      try {
        int sold = Math.min(shelf.ordered, shelf.inStock);
        shelf.inStock -= sold;
        shelf.ordered -= sold;
      } finally {
        shelf.stock.unlock();
      }
    } finally {
      shelf.orders.unlock();
    }
  }

  private static void refill(Shelf shelf) {
    meet(shelf.badLuck);
    shelf.orders.lock();
    try {
      shelf.stock.lock();
      try {
        shelf.inStock += shelf.ordered;
      } finally {
        shelf.stock.unlock();
      }
    } finally {
      shelf.orders.unlock();
    }
  }

  private static void meet(CountDownLatch badLuck) {
    try {
      badLuck.countDown();
      badLuck.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
