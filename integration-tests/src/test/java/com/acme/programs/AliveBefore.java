package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads and executors, prints {@code ready}, and waits for a line before it ends. Arguments: {@code platform} or
 * {@code virtual}, how many such threads, and how many pools with one busy worker each; a fork-join pool and a scheduled
 * one come first.
 */
public final class AliveBefore {
  private AliveBefore() {}

  public static void main(String[] args) throws Exception {
    boolean virtual = args[0].equals("virtual");
    ThreadFactory threads = virtual ? com.acme.VirtualThreads.factory().orElseThrow() : Thread::new;
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      threads.newThread(() -> waitFor(end)).start();
    }
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      pool(i).execute(() -> waitFor(end));
    }
    System.out.println("ready");
    System.in.read();
    System.exit(0);
  }

  private static Executor pool(int number) {
    return switch (number) {
      case 0 -> new ForkJoinPool(1);
      case 1 -> Executors.newScheduledThreadPool(1);
      default -> Executors.newFixedThreadPool(1);
    };
  }

  private static void waitFor(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
