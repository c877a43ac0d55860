package leakbench.p18;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.FakePostgres;
import leakbench.harness.Harness;

/** Balance queries over pgjdbc, one connection and one pooled thread a request; some responses are lost. */
public final class LedgerService {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p18", args);
    FakePostgres db = new FakePostgres();
    LedgerDao dao = new LedgerDao(db.jdbcUrl(h.leaky() ? "" : "&socketTimeout=1"));
    RequestPool pool = new RequestPool(dao);
    h.driveInline(6, i -> pool.submit(i));
    h.finish();
  }
}

final class RequestPool {
  private final ExecutorService pool = Executors.newCachedThreadPool(r -> {
    Thread t = new Thread(r, "ledger-request");
    t.setDaemon(true);
    return t;
  });
  private final LedgerDao dao;

  RequestPool(LedgerDao dao) {
    this.dao = dao;
  }

  void submit(int i) {
    pool.execute(() -> {
      try {
        dao.balance(i);
      } catch (SQLException e) {
        // answered with 503
      }
    });
  }
}

final class LedgerDao {
  private final String url;

  LedgerDao(String url) {
    this.url = url;
  }

  String balance(int account) throws SQLException {
    try (Connection c = DriverManager.getConnection(url)) {
      String sql = account % 3 == 0 ? "select balance /* stall */" : "select balance";
      try (ResultSet r = c.createStatement().executeQuery(sql)) {
        r.next();
        return r.getString(1);
      }
    }
  }
}
