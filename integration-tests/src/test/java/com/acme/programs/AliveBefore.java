package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads and executors, prints {@code ready}, and waits for a line before it ends: {@value #THREADS} threads
 * of its own (virtual ones when the first argument says so), {@value #POOLS} pools with one worker each, one of them a
 * fork-join pool and one scheduled.
 */
public final class AliveBefore {
  static final int THREADS = 7;
  static final int POOLS = 5;

  private AliveBefore() {}

  public static void main(String[] args) throws Exception {
    boolean virtual = args.length > 0 && args[0].equals("virtual");
    ThreadFactory threads = virtual ? com.acme.VirtualThreads.factory().orElseThrow() : Thread::new;
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      threads.newThread(() -> waitFor(end)).start();
    }
    for (int i = 0; i < POOLS - 2; i++) {
      Executors.newFixedThreadPool(1).execute(() -> waitFor(end));
    }
    new ForkJoinPool(1).execute(() -> waitFor(end));
    Executors.newScheduledThreadPool(1).execute(() -> waitFor(end));
    System.out.println("ready");
    System.in.read();
    System.exit(0);
  }

  private static void waitFor(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
