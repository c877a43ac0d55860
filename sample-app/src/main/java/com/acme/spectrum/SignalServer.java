package com.acme.spectrum;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Serves recorded signals over HTTP on the loopback interface: {@code GET /signals/7}.
 *
 * <p>It takes its time before it answers, as a server at the other end of a network does; no thread is busy meanwhile. The
 * answers themselves need one thread, for the JDK's small server is not what is to be measured.
 */
final class SignalServer implements AutoCloseable {
  private static final String PATH = "/signals/";

  static {
    // The server writes the headers and the body one after the other. Without this the body waits
    // until the client has
    // acknowledged the headers (Nagle, RFC 896), and the client delays that by 40 ms (JDK-6968351).
    // It is read once a JVM.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
  private final Duration latency;

  /** Starts one on a free port. */
  SignalServer(Duration latency) {
    this.latency = latency;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, this::answerLater);
    server.start();
  }

  /** Where the signals are; a number is to be appended. */
  URI signals() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create("http://" + host + ":" + address.getPort() + PATH);
  }

  @Override
  public void close() {
    server.stop(0);
    answers.shutdownNow();
  }

  private void answerLater(HttpExchange exchange) {
    var unused = answers.schedule(() -> answer(exchange), latency.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void answer(HttpExchange exchange) {
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring(PATH.length());
      if (!id.matches("\\d{1,18}")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = Signal.recorded(Long.parseLong(id)).toBytes();
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (IOException e) {
      // The client has gone; there is nobody to tell.
    }
  }
}
