package com.acme.spectrum;

import com.acme.hybrid.Pipeline;
import com.acme.hybrid.StageTimings;
import com.acme.hybrid.StagedExecutor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Fetches signals, computes their spectra and stores those: server, client and table of its own, on an executor of the
 * caller's, which it closes.
 *
 * <p>Used by one thread.
 */
public final class SpectrumArchive implements AutoCloseable {
  /** How long the server takes to answer. */
  public static final Duration LATENCY = Duration.ofMillis(10);

  private final StagedExecutor executor;
  private final SignalServer server = new SignalServer(LATENCY);
  private final SignalClient client = new SignalClient(server.signals());
  private final SpectrumTable table;
  private final Pipeline<Long, Signal, Spectrum> pipeline;
  private long accepted;

  /**
   * Makes one with an empty table.
   *
   * @param connections how many may use the database at the same time
   */
  public SpectrumArchive(StagedExecutor executor, int connections) throws SQLException {
    this.executor = executor;
    table = new SpectrumTable(connections);
    pipeline = new Pipeline<>(executor, client::fetch, Spectrum::of, table::insert);
  }

  /** Puts the next signal on its way; waits while there are too many under way. */
  public void archiveNext() throws InterruptedException, ExecutionException {
    pipeline.accept(accepted++);
  }

  /**
   * Waits until all are stored.
   *
   * @return how many are in the table, and a checksum of them
   */
  public String finish() throws InterruptedException, ExecutionException, SQLException {
    pipeline.finish();
    return table.summary();
  }

  /** How long the stages have taken so far. */
  public StageTimings timings() {
    return pipeline.timings();
  }

  /** Ends all that is under way, then the server and the database. */
  @Override
  public void close() throws SQLException {
    executor.close();
    client.close();
    server.close();
    table.close();
  }
}
