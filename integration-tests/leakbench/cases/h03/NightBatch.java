package leakbench.h03;

import java.util.concurrent.atomic.AtomicInteger;
import leakbench.harness.Harness;

/** A batch job that starts 1000 short-lived threads, 40 a second, each alive for 0.2 to 1.2 s. */
public final class NightBatch {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h03", args);
    AtomicInteger left = new AtomicInteger(1000);
    h.driveInline(40, i -> {
      if (left.getAndDecrement() > 0) {
        Thread t = new Thread(() -> record(i), "batch-record-" + i);
        t.setDaemon(true);
        t.start();
      }
    });
    h.finish();
  }

  private static void record(int i) {
    try {
      Thread.sleep(200 + (i * 37L) % 1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
