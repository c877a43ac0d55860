package com.acme.programs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Shuts executors down in ways that take a while and are all right: one drains its queue, one was handed over to a task
 * that runs for as long as the program does. Then, told so by its argument, in one way that is not: a pool that was in use is
 * shut down while a task waits for ever.
 */
public final class GracefulShutdowns {
  private static final int DRAINING_SECONDS = 8;

  private GracefulShutdowns() {}

  public static void main(String[] args) throws InterruptedException {
    ExecutorService mail = Executors.newSingleThreadExecutor();
    LinkedBlockingQueue<String> letters = new LinkedBlockingQueue<>();
    mail.execute(() -> deliver(letters));
    mail.shutdown();

    boolean stuck = args[0].equals("stuck");
    ExecutorService orders = Executors.newFixedThreadPool(2); // leak: starts here
    for (int order = 0; order < 20 * DRAINING_SECONDS; order++) {
      orders.execute(GracefulShutdowns::work);
    }
    if (stuck) {
      orders.execute(() -> awaitLetter(letters));
    }
    orders.shutdown();
    if (!orders.awaitTermination(DRAINING_SECONDS + 10, TimeUnit.SECONDS)) {
      System.out.println("orders are still at work");
    }
    System.exit(0);
  }

  private static void deliver(LinkedBlockingQueue<String> letters) {
    try {
      while (!letters.take().isEmpty()) {
        work();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitLetter(LinkedBlockingQueue<String> letters) {
    try {
      letters.take(); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
