package leakbench.h14;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** Sessions on virtual threads that end 10 s after their last message: 8 a second, a plateau of about 96 after 12 s. */
public final class IdleSessions {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h14", args);
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(1);
    h.driveInline(8, i -> {
      BlockingQueue<String> q = new LinkedBlockingQueue<>();
      Thread.ofVirtual().name("idle-session-", i).start(() -> session(q));
      for (int k = 1; k <= 4; k++) {
        clients.schedule(() -> q.add("message"), 500L * k, TimeUnit.MILLISECONDS);
      }
    });
    h.finish();
  }

  private static void session(BlockingQueue<String> q) {
    try {
      while (q.poll(10, TimeUnit.SECONDS) != null) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
