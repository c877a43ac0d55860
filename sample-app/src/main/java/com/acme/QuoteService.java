package com.acme;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks an exchange for a quote and waits for the answer, which comes back by a callback.
 *
 * <p><b>The leak:</b> a rejected request is taken from the list of the pending ones, but its future is never completed.
 * Whoever waits for that quote waits for ever, because {@code join()} has no timeout.
 */
final class QuoteService implements Service {
  private final ThreadFactory threads;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<String>> pending = new ConcurrentHashMap<>();

  QuoteService(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    long id = ids.incrementAndGet();
    CompletableFuture<String> quote = new CompletableFuture<>();
    pending.put(id, quote);
    threads.newThread(() -> show(quote)).start(); // leak: starts here
    onRejected(id);
  }

  private void onRejected(long id) {
    // Missing: completeExceptionally on what was removed.
    pending.remove(id);
  }

  private static String show(CompletableFuture<String> quote) {
    return "quote: " + quote.join(); // leak: waits here
  }
}
