package com.acme.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A virtual thread that has a monitor and waits for what nothing can reach, and another that waits for the monitor; and two of
 * which the first could be woken. Ends after a line of input.
 */
public final class StuckMonitor {
  private static final CountDownLatch KEPT = new CountDownLatch(1);

  private StuckMonitor() {}

  /** Without arguments. */
  public static void main(String[] args) throws Exception {
    List<Thread> made = new ArrayList<>();
    Starter starter = Starter.of("virtual", made);
    leak(starter);
    made.clear();
    pair(starter, "kept", new Object(), KEPT);
    System.out.println("made");
    int told = System.in.read();
    KEPT.countDown();
    System.exit(told < 0 ? 1 : 0);
  }

  private static void leak(Starter starter) throws InterruptedException {
    pair(starter, "leaked", new Object(), new CountDownLatch(1));
  }

  private static void pair(Starter starter, String name, Object monitor, CountDownLatch latch)
      throws InterruptedException {
    CountDownLatch has = new CountDownLatch(1);
    starter.start(name + "-holder", () -> hold(monitor, has, latch));
    has.await();
    Thread blocked = starter.start(name + "-blocked", () -> enter(monitor));
    while (blocked.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
  }

  private static void hold(Object monitor, CountDownLatch has, CountDownLatch latch) {
    synchronized (monitor) {
      has.countDown();
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      List.of(monitor);
    }
  }
}
