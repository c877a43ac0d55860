package leakbench.h12;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** Long polls on virtual threads, each at most 8 s, under a load that keeps rising until the end of the run. */
public final class Polls {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h12", args);
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    LinkedBlockingQueue<String> never = new LinkedBlockingQueue<>();
    h.driveInline(60, i -> {
      double level = Math.min(1, 0.08 + Harness.elapsed() / Harness.seconds());
      if ((i * 37 % 100) / 100.0 < level) {
        requests.execute(() -> poll(never));
      }
    });
    h.finish();
  }

  private static void poll(LinkedBlockingQueue<String> q) {
    try {
      q.poll(8, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
