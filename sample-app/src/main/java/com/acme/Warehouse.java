package com.acme;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sells from the stock and refills it, on two threads. Both change the orders and the stock together, under the locks of
 * both.
 *
 * <p><b>The deadlock:</b> one locks the orders first, the other the stock. When each has its first lock, each waits for the
 * other's for ever. In real life that needs bad luck; here they wait for each other in between.
 */
final class Warehouse implements Service {
  /** What both threads work on; each request has its own. */
  private static final class Shelf {
    private final Lock orders = new ReentrantLock();
    private final Lock stock = new ReentrantLock();
    private final CountDownLatch badLuck = new CountDownLatch(2);
    private int ordered = 10;
    private int inStock = 100;
  }

  private final ThreadFactory threads;

  Warehouse(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    Shelf shelf = new Shelf();
    threads.newThread(() -> sell(shelf)).start();
    threads.newThread(() -> refill(shelf)).start();
  }

  private static void sell(Shelf shelf) {
    shelf.orders.lock();
    try {
      meet(shelf.badLuck);
      shelf.stock.lock(); // deadlock: waits for the stock
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
    shelf.stock.lock();
    try {
      meet(shelf.badLuck);
      shelf.orders.lock(); // deadlock: waits for the orders
      try {
        shelf.inStock += shelf.ordered;
      } finally {
        shelf.orders.unlock();
      }
    } finally {
      shelf.stock.unlock();
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
