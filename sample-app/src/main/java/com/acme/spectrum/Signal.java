package com.acme.spectrum;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/**
 * A recorded signal, such as the vibration of a machine.
 *
 * @param id its number
 * @param samples its samples, evenly spaced in time; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Signal(long id, double[] samples) {
  /** How many samples a signal has. */
  static final int LENGTH = 4_096;

  private static final double[] SINE = sine();

  /**
   * The recording of that number, the same each time: one strong tone, one weak tone.
   *
   * <p>Looked up in one period of a sine, so that serving it costs next to nothing.
   */
  static Signal recorded(long id) {
    int strong = toneOf(id);
    int weak = 3 * strong + 1;
    double[] samples = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      samples[i] = SINE[i * strong % LENGTH] + 0.1 * SINE[i * weak % LENGTH];
    }
    return new Signal(id, samples);
  }

  /** How often the strong tone of that recording swings, from its begin to its end. */
  static int toneOf(long id) {
    return 16 * (1 + (int) (id % 100));
  }

  /** Reads what {@link #toBytes} has written. */
  static Signal parse(long id, byte[] bytes) {
    double[] samples = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(samples);
    return new Signal(id, samples);
  }

  /** The samples, eight bytes each, big-endian. */
  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(samples.length * Double.BYTES);
    DoubleBuffer unused = bytes.asDoubleBuffer().put(samples);
    return bytes.array();
  }

  private static double[] sine() {
    double[] sine = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      sine[i] = Math.sin(2 * Math.PI * i / LENGTH);
    }
    return sine;
  }
}
