package com.acme.proof;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks like a leak and is none that could be proven: five times a second a thread starts that waits for a latch, and a list has
 * all the latches, so that somebody may count them down. Ends after a line of input.
 */
public final class KeptLatches {
  private static final CountDownLatch TOLD = new CountDownLatch(1);
  private static final List<CountDownLatch> LATCHES = new CopyOnWriteArrayList<>();

  private KeptLatches() {}

  /** Without arguments. */
  public static void main(String[] args) throws Exception {
    Thread starter = new Thread(KeptLatches::startAgainAndAgain, "starter");
    starter.setDaemon(true);
    starter.start();
    System.out.println("made");
    int told = System.in.read();
    TOLD.countDown();
    System.exit(told < 0 ? 1 : 0);
  }

  private static void startAgainAndAgain() {
    try {
      do {
        CountDownLatch latch = new CountDownLatch(1);
        LATCHES.add(latch);
        Thread thread = new Thread(() -> await(latch), "waits");
        thread.setDaemon(true);
        thread.start();
      } while (!TOLD.await(200, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
