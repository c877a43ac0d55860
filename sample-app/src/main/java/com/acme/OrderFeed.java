package com.acme;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Sends a customer the orders of the day: one channel and one consumer for each subscription.
 *
 * <p><b>The leak:</b> the consumer goes on until it takes {@link #END}, and {@link #serve} never sends it. When the
 * customer has got the last order, its consumer stays in {@code take()} for ever.
 */
final class OrderFeed implements Service {
  private static final String END = "end of orders";

  private final ThreadFactory threads;

  OrderFeed(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    BlockingQueue<String> channel = new LinkedBlockingQueue<>();
    threads.newThread(() -> sendUntilEnd(channel)).start(); // leak: starts here
    channel.addAll(List.of("10 apples", "2 pears"));
  }

  private static void sendUntilEnd(BlockingQueue<String> channel) {
    try {
      StringBuilder sent = new StringBuilder();
      String order = channel.take();
      while (!order.equals(END)) {
        sent.append(order).append('\n');
        order = channel.take(); // leak: waits here
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
