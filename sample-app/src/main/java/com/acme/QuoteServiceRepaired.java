package com.acme;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks an exchange for a quote and waits for the answer, which comes back by a callback.
 *
 * <p><b>Repaired</b> twin of {@link QuoteService}: a rejected request completes its future, with the failure; and whoever
 * waits gives up after a while, in case that an answer gets lost all the same.
 */
final class QuoteServiceRepaired implements Service {
  private static final long TIMEOUT_SECONDS = 10;

  private final ThreadFactory threads;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<String>> pending = new ConcurrentHashMap<>();

  QuoteServiceRepaired(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public void serve() {
    long id = ids.incrementAndGet();
    CompletableFuture<String> quote = new CompletableFuture<>();
    pending.put(id, quote);
    threads.newThread(() -> show(quote)).start();
    onRejected(id);
  }

  private void onRejected(long id) {
    CompletableFuture<String> quote = pending.remove(id);
    if (quote != null) {
      quote.completeExceptionally(new IllegalStateException("rejected"));
    }
  }

  private static String show(CompletableFuture<String> quote) {
    return "quote: "
        + quote
            .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .exceptionally(failure -> "none, " + failure.getMessage())
            .join();
  }
}
