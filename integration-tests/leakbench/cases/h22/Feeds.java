package leakbench.h22;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import leakbench.harness.Http;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One OkHttp client; each burst of calls is larger than the last, its cached pool keeps idle threads for 60 s. */
public final class Feeds {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h22", args);
    Http upstream = new Http("text/plain", "feed");
    OkHttpClient client = new OkHttpClient();
    client.dispatcher().setMaxRequests(64);
    client.dispatcher().setMaxRequestsPerHost(64);
    h.drive(0.4, i -> burst(client, upstream.url("/feed"), Math.min(64, 8 + 8 * i)));
    h.finish();
  }

  private static void burst(OkHttpClient client, String url, int calls)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(calls);
    for (int i = 0; i < calls; i++) {
      client.newCall(new Request.Builder().url(url).build()).enqueue(new Callback() {
        @Override
        public void onFailure(Call call, java.io.IOException e) {
          done.countDown();
        }

        @Override
        public void onResponse(Call call, Response response) {
          response.close();
          done.countDown();
        }
      });
    }
    done.await(10, TimeUnit.SECONDS);
  }
}
