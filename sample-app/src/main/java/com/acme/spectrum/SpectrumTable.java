package com.acme.spectrum;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The spectra in an SQL database within this JVM, over JDBC. Safe for use by many threads.
 *
 * <p>In memory: an interrupt closes the file that its thread is writing to (see {@code InterruptibleChannel}), and with it
 * the database for everybody.
 */
final class SpectrumTable implements AutoCloseable {
  private static final String CREATE =
      "CREATE TABLE spectrum (id BIGINT PRIMARY KEY, peak INT NOT NULL, power DOUBLE PRECISION NOT NULL)";
  private static final String INSERT = "INSERT INTO spectrum (id, peak, power) VALUES (?, ?, ?)";
  private static final String CHECKSUM =
      "SELECT COUNT(*), COALESCE(SUM(MOD(id, 1009) * peak), 0) FROM spectrum";

  private final JdbcConnectionPool connections;

  /**
   * Makes an empty table.
   *
   * @param connections how many may use it at the same time; others wait for a connection
   */
  SpectrumTable(int connections) throws SQLException {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    this.connections = JdbcConnectionPool.create(url, "", "");
    this.connections.setMaxConnections(connections);
    execute(CREATE);
  }

  /** Adds one. */
  void insert(Spectrum spectrum) throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, spectrum.id());
      insert.setInt(2, spectrum.peak());
      insert.setDouble(3, spectrum.power());
      insert.executeUpdate();
    }
  }

  /** How many there are, and a sum over all of them that does not depend on their order. */
  String summary() throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(CHECKSUM)) {
      result.next();
      return "%d spectra, checksum %x".formatted(result.getLong(1), result.getLong(2));
    }
  }

  /** Drops the table and its database. */
  @Override
  public void close() throws SQLException {
    execute("SHUTDOWN");
    connections.dispose();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
