package leakbench.p23;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;

/** Scatter/gather over three suppliers; one supplier fails now and then. */
public final class TravelSearch {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p23", args);
    Aggregator a = new Aggregator(!h.leaky());
    ExecutorService requests = Executors.newCachedThreadPool(r -> {
      Thread t = new Thread(r, "search-request");
      t.setDaemon(true);
      return t;
    });
    h.driveInline(6, i -> requests.execute(() -> h.run(a::search, i)));
    h.finish();
  }
}

final class Aggregator {
  private final ExecutorService workers = Executors.newFixedThreadPool(6, r -> {
    Thread t = new Thread(r, "supplier-call");
    t.setDaemon(true);
    return t;
  });
  private final boolean countDownInFinally;

  Aggregator(boolean countDownInFinally) {
    this.countDownInFinally = countDownInFinally;
  }

  void search(int request) throws InterruptedException {
    Queue<String> offers = new ConcurrentLinkedQueue<>();
    CountDownLatch latch = new CountDownLatch(3);
    for (int s = 0; s < 3; s++) {
      int supplier = s;
      workers.submit(() -> {
        if (countDownInFinally) {
          try {
            offers.add(ask(supplier, request));
          } finally {
            latch.countDown();
          }
        } else {
          offers.add(ask(supplier, request));
          latch.countDown();
        }
        return null;
      });
    }
    latch.await();
  }

  private static String ask(int supplier, int request) throws Exception {
    Thread.sleep(15);
    if (supplier == 2 && request % 3 == 0) {
      throw new IllegalStateException("supplier 2: malformed answer");
    }
    return "offer " + supplier;
  }
}
