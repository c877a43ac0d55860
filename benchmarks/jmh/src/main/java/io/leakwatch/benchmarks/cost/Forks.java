package io.leakwatch.benchmarks.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * One JVM for each contestant, all alive at once. An alternative that dies is out, in one line; without Leakwatch or what it
 * is compared with there is nothing to measure. Closing closes all of them.
 */
final class Forks implements AutoCloseable {
  /** Starts a JVM with a contestant. */
  interface Start {
    ForkedJvm with(Contestant contestant) throws IOException;
  }

  private final Map<Contestant, ForkedJvm> jvms = new EnumMap<>(Contestant.class);

  /** Those that are alive, as far as is known. */
  private final List<Contestant> order = new ArrayList<>();

  /** Starts them. */
  Forks(List<Contestant> contestants, Start start) throws IOException {
    try {
      for (Contestant contestant : contestants) {
        jvms.put(contestant, start.with(contestant));
        order.add(contestant);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Does something with each of them.
   *
   * @throws MeasurementFailed if one dies that is no alternative
   */
  void each(BiConsumer<Contestant, ForkedJvm> action) {
    for (Contestant contestant : List.copyOf(order)) {
      ForkedJvm jvm = Objects.requireNonNull(jvms.get(contestant));
      try {
        action.accept(contestant, jvm);
      } catch (MeasurementFailed e) {
        if (!contestant.isAlternative()) {
          throw e;
        }
        System.err.println("overhead: " + e.getMessage() + "; the others go on without it");
        order.remove(contestant);
      }
    }
  }

  /** Has the last be the first from now on. */
  void reverse() {
    Collections.reverse(order);
  }

  @Override
  public void close() {
    jvms.values().forEach(ForkedJvm::close);
  }
}
