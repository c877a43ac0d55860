package leakbench.p26;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import leakbench.harness.Http;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** A health probe with a total time limit, implemented with a scheduled cancel. */
public final class ConsentApi {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p26", args);
    Http dep = new Http("application/json", "{\"up\":true}");
    HttpClientUtil util = new HttpClientUtil(h.leaky());
    h.drive(6, i -> util.getHttpResponse(dep.url("/status")));
    h.finish();
  }
}

final class HttpClientUtil {
  private final CloseableHttpClient client = HttpClients.createDefault();
  private final ScheduledThreadPoolExecutor shared;

  HttpClientUtil(boolean perCall) {
    shared = perCall ? null : new ScheduledThreadPoolExecutor(1);
    if (shared != null) {
      shared.setRemoveOnCancelPolicy(true);
    }
  }

  String getHttpResponse(String url) throws IOException {
    HttpGet get = new HttpGet(url);
    ScheduledThreadPoolExecutor timeouts =
        shared != null ? shared : new ScheduledThreadPoolExecutor(1);
    var cancel = timeouts.schedule(get::cancel, 3, TimeUnit.SECONDS);
    try {
      return client.execute(get, r -> EntityUtils.toString(r.getEntity()));
    } finally {
      cancel.cancel(false);
    }
  }
}
