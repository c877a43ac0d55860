package com.acme.programs;

import java.util.concurrent.CountDownLatch;

/** Two threads that enter two monitors in opposite order. Ends when it is told to. */
public final class CrossedMonitors {
  private static final Object ORDERS = new Object();
  private static final Object STOCK = new Object();
  private static final CountDownLatch BOTH_IN = new CountDownLatch(2);

  private CrossedMonitors() {}

  public static void main(String[] args) throws Exception {
    daemon("seller", CrossedMonitors::sell).start();
    daemon("buyer", CrossedMonitors::refill).start();
    int told = System.in.read();
    System.exit(told < 0 ? 1 : 0);
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void sell() {
    synchronized (ORDERS) {
      meet();
      synchronized (STOCK) {
        System.out.println("sold");
      }
    }
  }

  private static void refill() {
    synchronized (STOCK) {
      meet();
      synchronized (ORDERS) {
        System.out.println("refilled");
      }
    }
  }

  private static void meet() {
    try {
      BOTH_IN.countDown();
      BOTH_IN.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
