package com.acme.spectrum;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Fetches signals over HTTP.
 *
 * <p>With the JDK's {@link HttpClient}: it keeps as many connections as are in use, where {@code HttpURLConnection} keeps
 * five for a host unless the whole JVM is told otherwise, and it ends at an interrupt. Its price is a change of thread
 * between its selector and whoever waits. Its own pool has no bound and grows with the number of answers that come at once;
 * ours has one. Safe for use by many threads.
 */
final class SignalClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ExecutorService answers =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(TIMEOUT)
      .executor(answers)
      .build();
  private final URI signals;

  SignalClient(URI signals) {
    this.signals = signals;
  }

  /**
   * Fetches one and waits for it.
   *
   * @throws IOException if the server has no such signal, or is not there
   * @throws InterruptedException if interrupted
   */
  Signal fetch(long id) throws IOException, InterruptedException {
    URI uri = signals.resolve(Long.toString(id));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(uri + " answered " + response.statusCode());
    }
    return Signal.parse(id, response.body());
  }

  /** To be called when nobody fetches any more. */
  @Override
  public void close() {
    answers.shutdown();
  }
}
