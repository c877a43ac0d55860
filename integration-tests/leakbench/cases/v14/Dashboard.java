package leakbench.v14;

import com.google.common.util.concurrent.SettableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/**
 * Dashboard tiles on virtual threads under a wave of load (0 to about 180 at once, twice in the run); a tile with a
 * refused query is never told (Guava SettableFuture).
 */
public final class Dashboard {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v14", args);
    TileService tiles = new TileService(h.leaky());
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    h.driveInline(100, i -> {
      double at = Harness.elapsed() / Harness.seconds() / 0.88;
      double level = at > 1 ? 0.02 : 0.5 - 0.5 * Math.cos(at * 4 * Math.PI);
      if ((i * 31 % 100) / 100.0 < level) {
        requests.execute(() -> h.run(tiles::render, i));
      }
    });
    h.finish();
  }
}

final class TileService {
  private final ScheduledExecutorService backend = Executors.newScheduledThreadPool(1);
  private final boolean ignoreRefusal;

  TileService(boolean ignoreRefusal) {
    this.ignoreRefusal = ignoreRefusal;
  }

  void render(int i) throws Exception {
    SettableFuture<String> data = SettableFuture.create();
    backend.schedule(() -> answer(data, i), 1000 + (i * 97L) % 1700, TimeUnit.MILLISECONDS);
    try {
      data.get();
    } catch (java.util.concurrent.ExecutionException e) {
      // an empty tile
    }
  }

  private void answer(SettableFuture<String> data, int i) {
    if (i % 48 == 0) {
      if (!ignoreRefusal) {
        data.setException(new IllegalStateException("query refused"));
      }
      return;
    }
    data.set("tile");
  }
}
