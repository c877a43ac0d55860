package leakbench.p45;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.logging.LoggingMeterRegistry;
import io.micrometer.core.instrument.logging.LoggingRegistryConfig;
import java.time.Duration;
import leakbench.harness.Harness;

/** An application context per customer with a Micrometer registry in it; closing the context does not close that. */
public final class MeterDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p45", args);
    h.drive(3, i -> {
      try (CustomerContext context = new CustomerContext(!h.leaky())) {
        context.serve(i);
      }
    });
    h.finish();
  }
}

final class CustomerContext implements AutoCloseable {
  private static final LoggingRegistryConfig CONFIG = new LoggingRegistryConfig() {
    @Override
    public String get(String key) {
      return null;
    }

    @Override
    public Duration step() {
      return Duration.ofSeconds(5);
    }
  };

  private final boolean closeMeters;
  private final LoggingMeterRegistry meters;

  CustomerContext(boolean closeMeters) {
    this.closeMeters = closeMeters;
    meters = new LoggingMeterRegistry(CONFIG, Clock.SYSTEM, line -> {});
  }

  void serve(int i) {
    meters.counter("served").increment(i);
  }

  @Override
  public void close() {
    if (closeMeters) {
      meters.close();
    }
  }
}
