package leakbench.p41;

import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import leakbench.harness.Http;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;

/** A telephony SDK's object per tenant session holds an AsyncHttpClient and has no close(). */
public final class CallCentre {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p41", args);
    Http upstream = new Http("application/json", "{\"token\":\"t\"}");
    Sessions sessions = new Sessions(upstream.url("/session"), h.leaky());
    h.drive(1.5, i -> sessions.open("tenant-" + i));
    h.finish();
  }
}

final class Sessions {
  private final String url;
  private final TelephonySdk shared;

  Sessions(String url, boolean sdkPerSession) {
    this.url = url;
    shared = sdkPerSession ? null : new TelephonySdk();
  }

  String open(String tenant) throws Exception {
    TelephonySdk sdk = shared != null ? shared : new TelephonySdk();
    return sdk.token(url, tenant);
  }
}

final class TelephonySdk {
  private final AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config().setIoThreadsCount(1));

  String token(String url, String tenant) throws Exception {
    return client
        .prepareGet(url)
        .addQueryParam("tenant", tenant)
        .execute()
        .get(5, TimeUnit.SECONDS)
        .getResponseBody();
  }
}
