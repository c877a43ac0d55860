package com.acme.programs;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers with a price. The leak: each request makes an executor and none is shut down. */
final class PriceHandler extends Handler.Abstract {
  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws InterruptedException, ExecutionException {
    ExecutorService lookup = Executors.newFixedThreadPool(1); // leak: starts here
    String price = lookup.submit(() -> "7").get();
    Content.Sink.write(response, true, price, callback);
    return true;
  }
}
