package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A JVM that does not end: a pool keeps it, or a shutdown hook does. */
public final class LateExits {
  private LateExits() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("pool")) {
      ExecutorService pool = makePool();
      pool.submit(() -> {}).get();
      // Somebody else ends it in the end, so that nothing stays behind the test.
      Thread reader = new Thread(() -> endOnLine(pool), "reader");
      reader.setDaemon(true);
      reader.start();
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(LateExits::hang, "hanging-hook"));
    System.out.println("ready");
    System.in.read();
    System.exit(7);
  }

  private static ExecutorService makePool() {
    return Executors.newFixedThreadPool(1); // leak: starts here
  }

  private static void endOnLine(ExecutorService pool) {
    try {
      System.in.read();
      pool.shutdown();
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bounded: the agent is to say something long before, and the JVM is to end by itself. */
  private static void hang() {
    try {
      new CountDownLatch(1).await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
