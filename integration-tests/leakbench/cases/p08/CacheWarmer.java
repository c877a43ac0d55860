package leakbench.p08;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.util.concurrent.TimeUnit;
import leakbench.harness.FakeRedis;
import leakbench.harness.Harness;

/** Warms a Redis cache per catalogue section with Lettuce and own ClientResources. */
public final class CacheWarmer {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p08", args);
    FakeRedis redis = new FakeRedis();
    SectionWarmer w = new SectionWarmer(redis.port(), !h.leaky());
    h.drive(3, i -> w.warm("section" + i));
    h.finish();
  }
}

final class SectionWarmer {
  private final int port;
  private final boolean closeResources;

  SectionWarmer(int port, boolean closeResources) {
    this.port = port;
    this.closeResources = closeResources;
  }

  String warm(String section) throws Exception {
    ClientResources res = DefaultClientResources.builder()
        .ioThreadPoolSize(2)
        .computationThreadPoolSize(2)
        .build();
    RedisClient client = RedisClient.create(res, RedisURI.create("127.0.0.1", port));
    try (StatefulRedisConnection<String, String> c = client.connect()) {
      c.sync().set(section, "warm");
      return c.sync().get(section);
    } finally {
      // shuts the client down, but not resources that were passed in
      client.shutdown(0, 500, TimeUnit.MILLISECONDS);
      if (closeResources) {
        res.shutdown(0, 500, TimeUnit.MILLISECONDS).get();
      }
    }
  }
}
