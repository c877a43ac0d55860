package leakbench.p19;

import io.github.resilience4j.timelimiter.TimeLimiter;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;
import leakbench.harness.NioServer;

/** Prices with a Resilience4j time limit; the timed-out call itself goes on in its thread. */
public final class CheckoutService {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p19", args);
    NioServer good = NioServer.echo();
    NioServer stalled = NioServer.blackHole();
    PriceClient prices = new PriceClient(good.port(), stalled.port(), h.leaky() ? 0 : 400);
    h.drive(6, i -> prices.price(i));
    h.finish();
  }
}

final class PriceClient {
  private final TimeLimiter limiter = TimeLimiter.of(Duration.ofMillis(300));
  private final ExecutorService pool = Executors.newCachedThreadPool(r -> {
    Thread t = new Thread(r, "price-call");
    t.setDaemon(true);
    return t;
  });
  private final int goodPort;
  private final int stalledPort;
  private final int readTimeout;

  PriceClient(int goodPort, int stalledPort, int readTimeout) {
    this.goodPort = goodPort;
    this.stalledPort = stalledPort;
    this.readTimeout = readTimeout;
  }

  int price(int item) throws Exception {
    int port = item % 3 == 0 ? stalledPort : goodPort;
    try {
      return limiter.executeFutureSupplier(
          () -> CompletableFuture.supplyAsync(() -> call(port), pool));
    } catch (java.util.concurrent.TimeoutException e) {
      return -1; // list price
    }
  }

  private int call(int port) {
    try (Socket s = new Socket("127.0.0.1", port)) {
      s.setSoTimeout(readTimeout);
      s.getOutputStream().write('?');
      InputStream in = s.getInputStream();
      return in.read();
    } catch (IOException e) {
      return -1;
    }
  }
}
