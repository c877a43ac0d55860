package io.leakwatch.instrument;

import java.util.Arrays;

/** Bytes that are written one after the other, big-endian as in a class file. Used by one thread. */
final class Bytes {
  private byte[] written;
  private int length;

  Bytes(int expected) {
    this.written = new byte[expected];
  }

  int length() {
    return length;
  }

  Bytes u1(int value) {
    grow(1);
    written[length++] = (byte) value;
    return this;
  }

  /** Two bytes. */
  Bytes u2(int value) {
    grow(2);
    setU2(length, value);
    length += 2;
    return this;
  }

  /** Four bytes. */
  Bytes u4(int value) {
    return u2(value >>> 16).u2(value);
  }

  Bytes all(byte[] from, int start, int end) {
    grow(end - start);
    System.arraycopy(from, start, written, length, end - start);
    length += end - start;
    return this;
  }

  Bytes all(Bytes other) {
    return all(other.written, 0, other.length);
  }

  /** Writes two bytes once more. */
  void setU2(int at, int value) {
    written[at] = (byte) (value >>> 8);
    written[at + 1] = (byte) value;
  }

  /** Writes four bytes once more. */
  void setU4(int at, int value) {
    setU2(at, value >>> 16);
    setU2(at + 2, value);
  }

  byte[] toArray() {
    return Arrays.copyOf(written, length);
  }

  private void grow(int more) {
    if (length + more > written.length) {
      written = Arrays.copyOf(written, Math.max(length + more, 2 * written.length));
    }
  }
}
