package leakbench.p14;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Slf4jReporter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** Per-tenant metrics; a tenant's settings are reloaded now and then (slow leak: one reporter per reload). */
public final class TenantMetrics {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p14", args);
    ReporterRegistry r = new ReporterRegistry(!h.leaky());
    for (int i = 0; i < 4; i++) {
      r.reload("tenant" + i);
    }
    h.drive(6, i -> {
      String tenant = "tenant" + (i % 4);
      if (i % 8 == 7) {
        r.reload(tenant);
      }
      r.count(tenant);
    });
    h.finish();
  }
}

final class ReporterRegistry {
  private record Entry(MetricRegistry metrics, Slf4jReporter reporter) {}

  private final Map<String, Entry> tenants = new ConcurrentHashMap<>();
  private final boolean stopOld;

  ReporterRegistry(boolean stopOld) {
    this.stopOld = stopOld;
  }

  void reload(String tenant) {
    MetricRegistry m = new MetricRegistry();
    Slf4jReporter rep = Slf4jReporter.forRegistry(m).build();
    rep.start(2, TimeUnit.SECONDS);
    Entry old = tenants.put(tenant, new Entry(m, rep));
    if (old != null && stopOld) {
      old.reporter().stop();
    }
  }

  void count(String tenant) {
    tenants.get(tenant).metrics().counter("requests").inc();
  }
}
