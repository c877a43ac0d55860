package com.acme;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Sends a customer the orders of the day: one channel and one consumer for each subscription.
 *
 * <p><b>Repaired</b> twin of {@link OrderFeed}: whoever fills the channel closes it, by sending {@link #END} last.
 */
final class OrderFeedRepaired implements Service {
  private static final String END = "end of orders";

  private final ThreadFactory threads;

  OrderFeedRepaired(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    BlockingQueue<String> channel = new LinkedBlockingQueue<>();
    threads.newThread(() -> sendUntilEnd(channel)).start();
    channel.addAll(List.of("10 apples", "2 pears"));
    channel.add(END);
  }

  private static void sendUntilEnd(BlockingQueue<String> channel) {
    try {
      StringBuilder sent = new StringBuilder();
      String order = channel.take();
      while (!order.equals(END)) {
        sent.append(order).append('\n');
        order = channel.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
