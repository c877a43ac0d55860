package leakbench.p03;

import java.io.IOException;
import leakbench.harness.Harness;
import leakbench.harness.Http;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;

/** Looks terms up in a remote service with Apache HttpClient 5. */
public final class OntologyLookup {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p03", args);
    Http remote = new Http("application/json", "{\"term\":\"x\"}");
    TermClient terms = new TermClient(remote.url("/terms/"), h.leaky());
    h.drive(5, i -> terms.find("T" + i));
    h.finish();
  }
}

final class TermClient {
  private final String base;
  private final boolean forgetClose;

  TermClient(String base, boolean forgetClose) {
    this.base = base;
    this.forgetClose = forgetClose;
  }

  private static CloseableHttpClient newClient() {
    return HttpClients.custom()
        .evictExpiredConnections()
        .evictIdleConnections(TimeValue.ofSeconds(30))
        .build();
  }

  String find(String id) throws IOException {
    CloseableHttpClient c = newClient();
    try {
      return c.execute(new HttpGet(base + id), r -> EntityUtils.toString(r.getEntity()));
    } finally {
      if (!forgetClose) {
        c.close();
      }
    }
  }
}
