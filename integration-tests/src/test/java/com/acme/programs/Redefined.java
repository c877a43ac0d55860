package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Leaks a thread every 50 ms until its input ends. A debugger that replaces the constant {@code before} shows in what is printed
 * of the first thread of each version.
 */
public final class Redefined {
  /** What the class says of itself as it is compiled. */
  public static final String BEFORE = "before";

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Redefined() {}

  public static void main(String[] args) throws Exception {
    String last = "";
    while (System.in.available() == 0) {
      String version = leak();
      if (!version.equals(last)) {
        System.out.println("leaks " + version + " redefinition");
        last = version;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String leak() {
    Thread thread = new Thread(Redefined::waitForever);
    thread.setDaemon(true);
    thread.start(); // leak: starts here
    return BEFORE;
  }

  private static void waitForever() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
