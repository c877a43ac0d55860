package com.acme;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Confirms each order by mail, in the background.
 *
 * <p><b>Repaired</b> twin of {@link OrderMail}: as many workers as orders come in the time of a mail, and a queue with a
 * bound. When it is full, whoever has an order sends the mail himself, and takes no further order meanwhile.
 */
final class OrderMailRepaired implements Service {
  private static final long MILLIS_FOR_A_MAIL = 500;

  private static final int WORKERS = 16;
  private static final int MAILS_WAITING = 100;

  private final ExecutorService mails = new ThreadPoolExecutor(
      WORKERS,
      WORKERS,
      0,
      TimeUnit.SECONDS,
      new ArrayBlockingQueue<>(MAILS_WAITING),
      new ThreadPoolExecutor.CallerRunsPolicy());

  @Override
  public void serve() {
    mails.execute(OrderMailRepaired::send);
  }

  private static void send() {
    try {
      TimeUnit.MILLISECONDS.sleep(MILLIS_FOR_A_MAIL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
