package leakbench.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small loopback HTTP server: a fixed pool of 3 threads and the dispatcher. */
public final class Http {

  private final HttpServer server;

  public Http(String contentType, String body, String... headers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    AtomicInteger n = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(3, r -> {
      Thread t = new Thread(r, "upstream-" + n.incrementAndGet());
      t.setDaemon(true);
      return t;
    });
    server.setExecutor(pool);
    byte[] b = body.getBytes(StandardCharsets.UTF_8);
    server.createContext("/", x -> {
      x.getRequestBody().readAllBytes();
      x.getResponseHeaders().add("Content-Type", contentType);
      for (int i = 0; i + 1 < headers.length; i += 2) {
        x.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      boolean head = x.getRequestMethod().equals("HEAD");
      x.sendResponseHeaders(200, head ? -1 : b.length);
      if (!head) {
        x.getResponseBody().write(b);
      }
      x.close();
    });
    server.start();
    // all three threads exist from the start
    for (int i = 0; i < 3; i++) {
      pool.execute(() -> {
        try {
          Thread.sleep(30);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }
}
