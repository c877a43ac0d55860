package com.acme.programs;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes an order. No leak: it joins the thread that it starts and shuts its executor down. */
final class OrderHandler extends Handler.Abstract {
  private volatile String kindOfThread = "no";

  /** {@code platform} or {@code virtual}: what the last request was handled on; {@code no} before the first. */
  String kindOfThread() {
    return kindOfThread;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws InterruptedException, ExecutionException {
    kindOfThread =
        Thread.currentThread().toString().startsWith("VirtualThread[") ? "virtual" : "platform";
    Thread mail = new Thread(() -> Thread.currentThread().setName("mail"));
    mail.start();
    mail.join();
    ExecutorService lookup = Executors.newSingleThreadExecutor();
    try {
      Content.Sink.write(response, true, lookup.submit(() -> "ordered").get(), callback);
    } finally {
      lookup.shutdown();
    }
    return true;
  }
}
