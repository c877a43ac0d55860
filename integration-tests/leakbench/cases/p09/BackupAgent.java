package leakbench.p09;

import java.net.URI;
import java.time.Duration;
import leakbench.harness.Harness;
import leakbench.harness.Http;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Lists buckets for a backup job with per-job credentials (AWS SDK v2, loopback S3). */
public final class BackupAgent {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p09", args);
    Http s3 = new Http(
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>");
    BucketLister lister = new BucketLister(URI.create(s3.url("")), !h.leaky());
    h.drive(4, i -> lister.list("key" + i));
    h.finish();
  }
}

final class BucketLister {
  private final URI endpoint;
  private final boolean close;

  BucketLister(URI endpoint, boolean close) {
    this.endpoint = endpoint;
    this.close = close;
  }

  int list(String accessKey) {
    S3Client s3 = S3Client.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
        .httpClientBuilder(ApacheHttpClient.builder().useIdleConnectionReaper(true))
        .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(5)))
        .build();
    int n = s3.listBuckets().buckets().size();
    if (close) {
      s3.close();
    }
    return n;
  }
}
