package leakbench.v01;

import io.helidon.faulttolerance.Timeout;
import java.time.Duration;
import leakbench.harness.Harness;

/** Stock look-ups under a Helidon fault-tolerance timeout; 4.3.1 keeps a virtual thread per call for the whole limit. */
public final class InventoryApi {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v01", args);
    StockClient c = new StockClient(h.leaky() ? Duration.ofMinutes(3) : Duration.ofMillis(800));
    h.drive(8, i -> c.stock(i));
    h.finish();
  }
}

final class StockClient {
  private final Timeout timeout;

  StockClient(Duration limit) {
    timeout = Timeout.builder().timeout(limit).currentThread(true).build();
  }

  int stock(int item) {
    return timeout.invoke(() -> query(item));
  }

  private static int query(int item) {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return item % 10;
  }
}
