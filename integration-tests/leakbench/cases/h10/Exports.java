package leakbench.h10;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;

/** Exports take 10 seconds each and always finish: 7 a second, about 70 threads at once (Little's law). */
public final class Exports {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h10", args);
    ExecutorService pool = Executors.newCachedThreadPool();
    h.driveInline(7, i -> pool.execute(() -> export(i)));
    h.finish();
  }

  private static void export(int i) {
    try {
      Thread.sleep(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
