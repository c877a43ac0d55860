package leakbench.v08;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.FakeRedis;
import leakbench.harness.Harness;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Baskets in Redis (Jedis pool of 8), one virtual thread a request. */
public final class BasketApi {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v08", args);
    FakeRedis redis = new FakeRedis();
    JedisPoolConfig cfg = new JedisPoolConfig();
    cfg.setMaxTotal(8);
    cfg.setJmxEnabled(false);
    BasketStore store = new BasketStore(new JedisPool(cfg, "127.0.0.1", redis.port()), h.leaky());
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    h.driveInline(8, i -> requests.execute(() -> h.run(k -> store.basket("b" + k), i)));
    h.finish();
  }
}

final class BasketStore {
  private final JedisPool pool;
  private final boolean earlyReturn;

  BasketStore(JedisPool pool, boolean earlyReturn) {
    this.pool = pool;
    this.earlyReturn = earlyReturn;
  }

  String basket(String id) {
    if (earlyReturn) {
      Jedis j = pool.getResource();
      if (id.endsWith("4") || id.endsWith("9")) {
        String v = j.get(id);
        if (v == null) {
          return "empty"; // the connection stays out
        }
      }
      j.set(id, "1 apple");
      j.close();
      return "1 apple";
    }
    try (Jedis j = pool.getResource()) {
      if (id.endsWith("4") || id.endsWith("9")) {
        String v = j.get(id);
        if (v == null) {
          return "empty";
        }
      }
      j.set(id, "1 apple");
      return "1 apple";
    }
  }
}
