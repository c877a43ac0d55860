package com.acme.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers with a quote. The leak: the thread that waits for the next quote is never told. */
final class QuoteHandler extends Handler.Abstract {
  private final ThreadFactory threads;

  QuoteHandler(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    CountDownLatch nextQuote = new CountDownLatch(1);
    threads.newThread(() -> awaitNextQuote(nextQuote)).start(); // leak: starts here
    Content.Sink.write(response, true, "42", callback);
    return true;
  }

  private static void awaitNextQuote(CountDownLatch nextQuote) {
    try {
      nextQuote.await(); // leak: waits here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
