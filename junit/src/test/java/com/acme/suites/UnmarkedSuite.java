package com.acme.suites;

import org.junit.jupiter.api.Test;

/** Says nothing of leaks itself. */
class UnmarkedSuite {
  @Test
  void clean() {}

  @Test
  void leaves() {
    Parked.thread("left").start();
  }
}
