package leakbench.p28;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import leakbench.harness.Harness;

/** Checks Kubernetes manifests; the client is only used to parse YAML, never to talk to a cluster, and it is closed. */
public final class ManifestCheck {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p28", args);
    ManifestParser p = new ManifestParser();
    h.drive(
        2,
        i -> p.parse(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c" + i + "\ndata:\n  a: b\n"));
    h.finish();
  }
}

final class ManifestParser {
  List<HasMetadata> parse(String yaml) {
    try (KubernetesClient c = new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder()
            .withMasterUrl("http://127.0.0.1:1/")
            .withAutoConfigure(false)
            .build())
        .build()) {
      return c.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
          .items();
    }
  }
}
