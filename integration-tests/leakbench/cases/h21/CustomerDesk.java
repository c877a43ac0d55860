package leakbench.h21;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import leakbench.harness.Harness;

/** A HikariCP pool for each customer, opened with the customer's first request and kept: 60 customers in all. */
public final class CustomerDesk {
  private static final int CUSTOMERS = 60;

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h21", args);
    Databases databases = new Databases();
    h.drive(8, i -> databases.ask(customer(i)));
    h.finish();
  }

  /** The first requests are of ever new customers, most later ones of known ones; all are known at 60 % of the run. */
  private static int customer(int i) {
    int known =
        (int) Math.min(CUSTOMERS, 1 + CUSTOMERS * Harness.elapsed() / (0.6 * Harness.seconds()));
    return i % 2 == 0 ? known - 1 : i * 31 % known;
  }
}

final class Databases {
  private final Map<Integer, HikariDataSource> sources = new ConcurrentHashMap<>();

  long ask(int customer) throws Exception {
    HikariDataSource source = sources.computeIfAbsent(customer, Databases::open);
    try (Connection c = source.getConnection();
        ResultSet r = c.createStatement().executeQuery("select 1")) {
      r.next();
      return r.getLong(1);
    }
  }

  private static HikariDataSource open(int customer) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:customer" + customer);
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }
}
