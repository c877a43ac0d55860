package com.acme.programs;

import java.util.concurrent.CountDownLatch;

/**
 * Starts as many short threads as its argument says, one after the other, and says so when the first runs and when all have run;
 * ends with its input.
 */
public final class StartMany {
  private StartMany() {}

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    CountDownLatch ran = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(ran::countDown);
      thread.start();
      if (i == 0) {
        System.out.println("started");
      }
      // Not all at once: no more than the machine can take.
      if (i % 50 == 0) {
        thread.join();
      }
    }
    ran.await();
    while (System.in.read() >= 0) {
      // Until its input ends.
    }
    System.out.println(count + " ran");
  }
}
