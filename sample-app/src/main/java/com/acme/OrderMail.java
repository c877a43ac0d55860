package com.acme;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Confirms each order by mail, in the background.
 *
 * <p><b>The backlog:</b> a mail takes half a second, and one worker sends them all. Orders that come faster than two a second
 * wait in a queue without a bound, which gets longer and longer.
 */
final class OrderMail implements Service {
  private static final long MILLIS_FOR_A_MAIL = 500;

  private final ExecutorService mails = Executors.newFixedThreadPool(1); // leak: starts here

  @Override
  public void serve() {
    mails.execute(OrderMail::send);
  }

  private static void send() {
    try {
      TimeUnit.MILLISECONDS.sleep(MILLIS_FOR_A_MAIL); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
