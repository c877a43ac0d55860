package com.acme.programs;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty server under load over loopback. Arguments, all needed:
 *
 * <ol>
 *   <li>the path of the handler to call: {@code /threads}, {@code /virtual-threads} and {@code /executors} leak one for
 *       each request, {@code /orders} leaks nothing; {@code /orders} is called as well in any case
 *   <li>{@code platform} or {@code virtual}: the threads that run the handlers
 *   <li>requests per second for each of the two paths
 *   <li>seconds
 * </ol>
 */
public final class LoadedJetty {
  private LoadedJetty() {}

  public static void main(String[] args) throws Exception {
    String path = args[0];
    boolean virtual = args[1].equals("virtual");
    double perSecond = Double.parseDouble(args[2]);
    long seconds = Long.parseLong(args[3]);

    OrderHandler orders = new OrderHandler();
    Server server = start(virtual, orders);
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    System.out.println("listening");

    AtomicLong failures = new AtomicLong();
    AtomicBoolean loadIsOver = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    for (String called : List.of(path, "/orders")) {
      Thread client =
          new Thread(() -> load(port, called, perSecond, loadIsOver, failures), "client " + called);
      client.start();
      clients.add(client);
    }
    TimeUnit.SECONDS.sleep(seconds);
    loadIsOver.set(true);
    for (Thread client : clients) {
      client.join();
    }
    System.out.println("load is over, " + failures + " requests failed");
    System.out.println("handled on " + orders.kindOfThread() + " threads");
    server.stop();
    System.exit(0);
  }

  private static Server start(boolean virtual, OrderHandler orders) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(20, 4);
    if (virtual) {
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    PathMappingsHandler handlers = new PathMappingsHandler();
    handlers.addMapping(PathSpec.from("/threads"), new QuoteHandler(Thread::new));
    com.acme.VirtualThreads.factory()
        .ifPresent(factory ->
            handlers.addMapping(PathSpec.from("/virtual-threads"), new QuoteHandler(factory)));
    handlers.addMapping(PathSpec.from("/executors"), new PriceHandler());
    handlers.addMapping(PathSpec.from("/orders"), orders);
    server.setHandler(handlers);
    server.start();
    return server;
  }

  private static void load(
      int port, String path, double perSecond, AtomicBoolean over, AtomicLong failures) {
    long start = System.nanoTime();
    try {
      for (long request = 0; !over.get(); request++) {
        TimeUnit.NANOSECONDS.sleep(start
            + Math.round(request * TimeUnit.SECONDS.toNanos(1) / perSecond)
            - System.nanoTime());
        if (get("http://127.0.0.1:" + port + path) != 200) {
          failures.incrementAndGet();
        }
      }
    } catch (InterruptedException | IOException e) {
      failures.incrementAndGet();
      e.printStackTrace();
    }
  }

  private static int get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    int status = connection.getResponseCode();
    try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      body.readAllBytes();
    }
    return status;
  }
}
