package leakbench.p53;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** A health probe asks the MongoDB driver whether the cluster can be reached; nobody listens at that port. */
public final class HealthDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p53", args);
    Probe probe = new Probe(!h.leaky());
    h.drive(2, i -> probe.describe());
    h.finish();
  }
}

final class Probe {
  private final boolean close;

  Probe(boolean close) {
    this.close = close;
  }

  String describe() {
    MongoClient client = MongoClients.create(MongoClientSettings.builder()
        .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:9/"))
        .applyToServerSettings(s -> s.heartbeatFrequency(5, TimeUnit.SECONDS))
        .build());
    try {
      return client.getClusterDescription().getShortDescription();
    } finally {
      if (close) {
        client.close();
      }
    }
  }
}
