package leakbench.p49;

import dev.failsafe.Bulkhead;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;

/** Quotes through a Failsafe bulkhead: previews give up after a moment, orders wait as long as it takes. */
public final class QuoteDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p49", args);
    Quotes quotes = new Quotes(h.leaky());
    ExecutorService requests = Executors.newCachedThreadPool(r -> {
      Thread t = new Thread(r, "quote-request");
      t.setDaemon(true);
      return t;
    });
    h.driveInline(6, i -> requests.execute(() -> quotes.serve(i)));
    h.finish();
  }
}

final class Quotes {
  private final Bulkhead<Object> bulkhead = Bulkhead.builder(2).build();
  private final boolean givesUp;

  Quotes(boolean givesUp) {
    this.givesUp = givesUp;
  }

  void serve(int i) {
    try {
      if (i % 3 == 0) {
        preview();
      } else {
        order();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A permit that comes after the time limit is lost for good (library bug). */
  private void preview() throws InterruptedException {
    boolean permitted = givesUp
        ? bulkhead.tryAcquirePermit(Duration.ofMillis(20 * Harness.slower()))
        : bulkhead.tryAcquirePermit();
    if (permitted) {
      price();
    }
  }

  private void order() throws InterruptedException {
    bulkhead.acquirePermit();
    price();
  }

  private void price() throws InterruptedException {
    try {
      Thread.sleep(380L * Harness.slower());
    } finally {
      bulkhead.releasePermit();
    }
  }
}
