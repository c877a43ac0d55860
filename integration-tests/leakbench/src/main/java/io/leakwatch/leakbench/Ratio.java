package io.leakwatch.leakbench;

/** So many of so many. */
record Ratio(long part, long of) {

  /** Such as {@code 23/24 = 95 %}, rounded down: 100 % means all. */
  @Override
  public String toString() {
    return of == 0 ? "-" : "%d/%d = %d %%".formatted(part, of, 100 * part / of);
  }
}
