package leakbench.p05;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Properties;
import leakbench.harness.Harness;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes audit batches to Kafka; the broker is away, so every publish takes the error path. */
public final class AuditTrail {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p05", args);
    int closedPort;
    try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = s.getLocalPort();
    }
    AuditPublisher publisher = new AuditPublisher("127.0.0.1:" + closedPort, !h.leaky());
    h.drive(4, i -> {
      try {
        publisher.publish("login user" + i);
      } catch (org.apache.kafka.common.errors.TimeoutException
          | java.util.concurrent.ExecutionException e) {
        // reported to the caller, who retries later
      }
    });
    h.finish();
  }
}

final class AuditPublisher {
  private final String brokers;
  private final boolean closeInFinally;

  AuditPublisher(String brokers, boolean closeInFinally) {
    this.brokers = brokers;
    this.closeInFinally = closeInFinally;
  }

  void publish(String entry) throws Exception {
    Properties p = new Properties();
    p.put("bootstrap.servers", brokers);
    p.put("max.block.ms", "150");
    p.put("reconnect.backoff.ms", "500");
    p.put("reconnect.backoff.max.ms", "5000");
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(p, new StringSerializer(), new StringSerializer());
    if (closeInFinally) {
      try {
        producer.send(new ProducerRecord<>("audit", entry)).get();
      } finally {
        producer.close(Duration.ZERO);
      }
    } else {
      producer.send(new ProducerRecord<>("audit", entry)).get();
      producer.close();
    }
  }
}
