package io.leakwatch.benchmarks.cost;

/** Something that is measured has died or does not answer; its message is one line that names it. */
final class MeasurementFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MeasurementFailed(String message) {
    super(message);
  }
}
