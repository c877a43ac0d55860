package io.leakwatch.benchmarks.cost;

import io.leakwatch.jdks.Jdk;
import java.io.IOException;

/** One section of the page. */
interface Measurement {
  /** What the command line and the page call it. */
  String name();

  /** Whether there is anything to measure on a JDK. */
  default boolean isFor(Jdk jdk) {
    return true;
  }

  /**
   * Measures.
   *
   * @return the section, in Markdown
   * @throws MeasurementFailed if what is measured has died
   */
  String measure(Bench bench) throws IOException, InterruptedException;
}
