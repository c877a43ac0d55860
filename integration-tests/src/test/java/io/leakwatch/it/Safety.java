package io.leakwatch.it;

/** How much of the tests of harmlessness runs: a slice by default, everything by {@code -Dleakwatch.safety=all}. */
final class Safety {
  /** Whether everything is to run. */
  static final boolean ALL = System.getProperty("leakwatch.safety", "").equals("all");

  private Safety() {}

  /** As many rounds as there is time for. */
  static int rounds(int slice, int all) {
    return ALL ? all : slice;
  }
}
