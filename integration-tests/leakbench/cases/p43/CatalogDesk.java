package leakbench.p43;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import leakbench.harness.Harness;

/** Each change of a catalog replaces its pool of clients; the pool's cache evicts on a scheduler of its own. */
public final class CatalogDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p43", args);
    Catalog catalog = new Catalog(!h.leaky());
    h.drive(3, catalog::alter);
    h.finish();
  }
}

final class Catalog {
  private final boolean closeScheduler;
  private ClientPool pool;

  Catalog(boolean closeScheduler) {
    this.closeScheduler = closeScheduler;
  }

  synchronized void alter(int i) {
    if (pool != null) {
      pool.close();
    }
    pool = new ClientPool(closeScheduler);
    pool.client("user-" + i);
  }
}

final class ClientPool {
  private final ScheduledExecutorService evictor = Executors.newSingleThreadScheduledExecutor();
  private final Cache<String, String> clients = Caffeine.newBuilder()
      .expireAfterAccess(Duration.ofSeconds(2))
      .scheduler(Scheduler.forScheduledExecutorService(evictor))
      .build();
  private final boolean closeScheduler;

  ClientPool(boolean closeScheduler) {
    this.closeScheduler = closeScheduler;
  }

  String client(String user) {
    return clients.get(user, key -> "client of " + key);
  }

  void close() {
    clients.invalidateAll();
    clients.cleanUp();
    if (closeScheduler) {
      evictor.shutdownNow();
    }
  }
}
