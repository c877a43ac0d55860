package com.acme;

import com.acme.hybrid.HybridExecutor;
import com.acme.spectrum.SpectrumArchive;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** Archives the spectrum of one signal a request: fetched over HTTP, computed, stored in a database. */
final class SpectrumService implements Service {
  private static final int CONNECTIONS = 32;
  private static final int UNDER_WAY = 64;

  private final SpectrumArchive archive;

  SpectrumService() throws SQLException {
    archive =
        new SpectrumArchive(HybridExecutor.forThisMachine(CONNECTIONS, UNDER_WAY), CONNECTIONS);
  }

  @Override
  public void serve() throws InterruptedException, ExecutionException {
    archive.archiveNext();
  }

  @Override
  public String finish() throws InterruptedException, ExecutionException, SQLException {
    try (archive) {
      return archive.finish();
    }
  }

  @Override
  public String timings() {
    return archive.timings().toString();
  }
}
