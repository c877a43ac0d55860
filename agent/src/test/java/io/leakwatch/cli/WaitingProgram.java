package io.leakwatch.cli;

import java.io.IOException;

/** Says that it runs, and waits until its standard input ends. */
final class WaitingProgram {
  static final String READY = "ready";

  private WaitingProgram() {}

  public static void main(String[] args) throws IOException {
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Whatever it is, it is no end.
    }
  }
}
