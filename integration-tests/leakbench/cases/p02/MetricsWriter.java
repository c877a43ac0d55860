package leakbench.p02;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import leakbench.harness.Http;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Ships points to a time-series store over HTTP (OkHttp 3). */
public final class MetricsWriter {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p02", args);
    Http store = new Http("text/plain", "ok");
    PointStore points = new PointStore(store.url("/write"), h.leaky());
    h.drive(5, i -> points.write("cpu value=" + i));
    h.finish();
  }
}

final class PointStore {
  private final String url;
  private final OkHttpClient shared;

  PointStore(String url, boolean perCall) {
    this.url = url;
    this.shared = perCall ? null : client();
  }

  private static OkHttpClient client() {
    return new OkHttpClient.Builder()
        .connectTimeout(2, TimeUnit.SECONDS)
        .readTimeout(2, TimeUnit.SECONDS)
        .build();
  }

  void write(String line) throws IOException {
    OkHttpClient c = shared != null ? shared : client();
    Request r = new Request.Builder()
        .url(url)
        .post(RequestBody.create(MediaType.get("text/plain"), line))
        .build();
    try (Response resp = c.newCall(r).execute()) {
      resp.body().string();
    }
  }
}
