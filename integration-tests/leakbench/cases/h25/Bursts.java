package leakbench.h25;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import leakbench.harness.Harness;

/** Fan-outs of hundreds of virtual threads, each larger than the last, of which the slowest takes 6 s. */
public final class Bursts {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h25", args);
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    h.driveInline(0.5, i -> {
      for (int part = 0; part < 200 + 60 * i; part++) {
        requests.execute(Bursts::part);
      }
    });
    h.finish();
  }

  private static void part() {
    try {
      double slow = ThreadLocalRandom.current().nextDouble();
      Thread.sleep(100 + (long) (5900 * slow * slow * slow));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
