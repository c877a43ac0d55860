package com.acme.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.hybrid.HybridExecutor;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpectrumArchiveTest {
  @Test
  void aSignalIsTheSameAfterItsWayOverHttp() throws Exception {
    try (SignalServer server = new SignalServer(Duration.ZERO);
        SignalClient client = new SignalClient(server.signals())) {
      Signal fetched = client.fetch(7);
      assertThat(fetched.id()).isEqualTo(7);
      assertThat(fetched.samples()).isEqualTo(Signal.recorded(7).samples());
    }
  }

  @Test
  void aSignalThatDoesNotExistIsAFailure() {
    try (SignalServer server = new SignalServer(Duration.ZERO)) {
      URI wrong = server.signals().resolve("none/");
      try (SignalClient client = new SignalClient(wrong)) {
        assertThatThrownBy(() -> client.fetch(7))
            .isInstanceOf(IOException.class)
            .hasMessage(wrong + "7 answered 404");
      }
    }
  }

  @Test
  void theServerTakesItsTimeToAnswer() throws Exception {
    try (SignalServer server = new SignalServer(Duration.ofMillis(50));
        SignalClient client = new SignalClient(server.signals())) {
      long start = System.nanoTime();
      Signal unused = client.fetch(1);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    }
  }

  /** An acknowledgement is delayed by some 40 ms, once a connection has been in use for a while. */
  @Test
  void theBodyOfAnAnswerDoesNotWaitForTheAcknowledgementOfItsHeaders() throws Exception {
    try (SignalServer server = new SignalServer(Duration.ZERO);
        SignalClient client = new SignalClient(server.signals())) {
      for (int i = 0; i < 30; i++) {
        Signal unused = client.fetch(i);
      }
      long fastest = Long.MAX_VALUE;
      for (int i = 0; i < 30; i++) {
        long start = System.nanoTime();
        Signal unused = client.fetch(i);
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
      assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(30));
    }
  }

  @Test
  void theLoudestToneIsFound() {
    for (long id = 0; id < 100; id++) {
      int swingsPerWindow = Signal.toneOf(id) * Spectrum.WINDOW / Signal.LENGTH;
      assertThat(Spectrum.of(Signal.recorded(id)).peak()).isEqualTo(swingsPerWindow);
    }
  }

  @Test
  void theSummaryIsOfAllThatWereStored() throws Exception {
    try (SpectrumTable table = new SpectrumTable(1)) {
      assertThat(table.summary()).isEqualTo("0 spectra, checksum 0");
      table.insert(new Spectrum(2, 8, 1.5));
      table.insert(new Spectrum(1010, 5, 1.5));
      assertThat(table.summary()).isEqualTo("2 spectra, checksum 15");
      assertThatThrownBy(() -> table.insert(new Spectrum(2, 8, 1.5)))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void whatIsArchivedIsThereWhateverOrderItCameIn() throws Exception {
    long sum = 0;
    for (int id = 0; id < 300; id++) {
      sum += (long) id * Signal.toneOf(id) * Spectrum.WINDOW / Signal.LENGTH;
    }
    try (SpectrumArchive archive = new SpectrumArchive(HybridExecutor.forThisMachine(16, 32), 16)) {
      for (int i = 0; i < 300; i++) {
        archive.archiveNext();
      }
      assertThat(archive.finish()).isEqualTo("300 spectra, checksum " + Long.toHexString(sum));
    }
  }
}
