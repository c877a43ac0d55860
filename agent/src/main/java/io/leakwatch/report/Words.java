package io.leakwatch.report;

/** English for numbers. */
final class Words {
  private Words() {}

  /** {@code 1 thread}, {@code 2 threads}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
