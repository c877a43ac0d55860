package leakbench.h08;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import leakbench.harness.Harness;

/** A monolith with 40 modules, each with its own pool of 4; the modules start during the first 40 % of the run. */
public final class Monolith {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h08", args);
    List<ModulePool> modules = new ArrayList<>();
    h.driveInline(20, i -> {
      int want = (int) Math.min(40, 40 * Harness.elapsed() / (Harness.seconds() * 0.4));
      while (modules.size() < want) {
        modules.add(new ModulePool("module" + modules.size()));
      }
      if (!modules.isEmpty()) {
        modules.get(i % modules.size()).work();
      }
    });
    h.finish();
  }
}

final class ModulePool {
  private final ExecutorService pool;

  ModulePool(String name) {
    AtomicInteger n = new AtomicInteger();
    pool = Executors.newFixedThreadPool(4, r -> {
      Thread t = new Thread(r, name + "-" + n.incrementAndGet());
      t.setDaemon(true);
      return t;
    });
  }

  void work() {
    for (int k = 0; k < 2; k++) {
      pool.execute(() -> {
        try {
          Thread.sleep(15);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    }
  }
}
