package leakbench.p42;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import leakbench.harness.Harness;

/** Reports of many tenants, each from a database of its own, through HikariCP and H2. */
public final class TenantDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p42", args);
    TenantReports reports = new TenantReports(!h.leaky());
    h.drive(3, i -> reports.total("t" + i));
    h.finish();
  }
}

final class TenantReports {
  private final boolean close;

  TenantReports(boolean close) {
    this.close = close;
  }

  /** The connection goes back to the pool; the pool is forgotten. */
  long total(String tenant) throws Exception {
    HikariDataSource source = open(tenant);
    try (Connection c = source.getConnection();
        ResultSet r = c.createStatement().executeQuery("select 42")) {
      r.next();
      return r.getLong(1);
    } finally {
      if (close) {
        source.close();
      }
    }
  }

  private static HikariDataSource open(String tenant) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:" + tenant);
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }
}
