package leakbench.p48;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** Scripts run on a named Vert.x worker pool each, so that one cannot starve another. */
public final class ScriptDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p48", args);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    ScriptRunner runner = new ScriptRunner(vertx, !h.leaky());
    h.drive(4, i -> runner.run(i));
    h.finish();
  }
}

final class ScriptRunner {
  private final Map<String, WorkerExecutor> pools = new ConcurrentHashMap<>();
  private final Vertx vertx;
  private final boolean close;

  ScriptRunner(Vertx vertx, boolean close) {
    this.vertx = vertx;
    this.close = close;
  }

  /** The key is new each time, so that no pool is ever found again. */
  int run(int script) throws Exception {
    String key = "script-" + UUID.randomUUID();
    WorkerExecutor pool =
        pools.computeIfAbsent(key, name -> vertx.createSharedWorkerExecutor(name, 1));
    try {
      return pool.executeBlocking(() -> script * 2)
          .toCompletionStage()
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    } finally {
      if (close) {
        pools.remove(key);
        pool.close();
      }
    }
  }
}
