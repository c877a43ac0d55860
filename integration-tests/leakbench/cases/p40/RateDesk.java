package leakbench.p40;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leakbench.harness.Harness;
import leakbench.harness.Http;

/** Exchange rates through google-http-client; executeAsync() without an executor makes one and drops it (library bug). */
public final class RateDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p40", args);
    Http upstream = new Http("application/json", "{\"eur\":1.08}");
    RateClient client = new RateClient(upstream.url("/rates"), h.leaky());
    h.drive(4, i -> client.rates());
    h.finish();
  }
}

final class RateClient {
  private final HttpRequestFactory requests = new NetHttpTransport().createRequestFactory();
  private final ExecutorService own = Executors.newFixedThreadPool(2);
  private final String url;
  private final boolean byDefault;

  RateClient(String url, boolean byDefault) {
    this.url = url;
    this.byDefault = byDefault;
  }

  String rates() throws Exception {
    HttpRequest request = requests.buildGetRequest(new GenericUrl(url));
    Future<HttpResponse> answer = byDefault ? request.executeAsync() : request.executeAsync(own);
    HttpResponse response = answer.get();
    try {
      return response.parseAsString();
    } finally {
      response.disconnect();
    }
  }
}
