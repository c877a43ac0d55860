package io.leakwatch.leakbench;

import java.util.Locale;

/** Which of a program's two bodies runs; both do the same work. */
enum Variant {
  LEAKY,
  CLEAN;

  /** As the programs take it. */
  String argument() {
    return name().toLowerCase(Locale.ROOT);
  }
}
