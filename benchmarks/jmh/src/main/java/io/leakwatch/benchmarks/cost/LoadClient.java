package io.leakwatch.benchmarks.cost;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A closed loop of HTTP requests to a port of the loopback interface: on each of a few connections that stay open the next
 * request is sent when the answer to the last one is there. Used by one thread.
 */
final class LoadClient implements AutoCloseable {
  static final int CONNECTIONS = 4;

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final byte[] REQUEST =
      "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * What some requests gave.
   *
   * @param perSecond requests a second, of all connections
   * @param p99Micros the latency that one in a hundred exceeds
   */
  record Load(double perSecond, double p99Micros) {}

  private final List<Socket> sockets = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

  /** Opens the connections. */
  LoadClient(int port) throws IOException {
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Sends so many requests on each connection.
   *
   * @throws IOException if the server does not answer, or not with 200
   */
  Load send(int requests) throws IOException, InterruptedException {
    List<Callable<long[]>> loops = new ArrayList<>();
    sockets.forEach(socket -> loops.add(() -> loop(socket, requests)));
    long begin = System.nanoTime();
    List<Future<long[]>> ends = threads.invokeAll(loops);
    double seconds = (System.nanoTime() - begin) / 1e9;
    long[] latencies = new long[requests * sockets.size()];
    int filled = 0;
    for (Future<long[]> end : ends) {
      try {
        System.arraycopy(end.get(), 0, latencies, filled, requests);
        filled += requests;
      } catch (ExecutionException e) {
        throw new IOException("the server's answer failed: " + e.getCause(), e);
      }
    }
    Arrays.sort(latencies);
    return new Load(
        latencies.length / seconds,
        latencies[(int) Math.min(latencies.length - 1, latencies.length * 0.99)] / 1e3);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is not used any more.
      }
    }
  }

  private static long[] loop(Socket socket, int requests) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    long[] nanos = new long[requests];
    for (int i = 0; i < requests; i++) {
      long begin = System.nanoTime();
      socket.getOutputStream().write(REQUEST);
      readAnswer(in);
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = readLine(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("not an answer as expected: " + status);
    }
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server has closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
