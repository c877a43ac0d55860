package io.leakwatch.prove.heap;

import org.jspecify.annotations.Nullable;

/** A part of an {@link ObjectIndex}: 65,536 possible addresses. */
final class IndexPage {
  /** As many bits of an address tell the possible ones of a page apart. */
  static final int BITS = 16;

  /** Words of a bitmap of them. */
  static final int WORDS = 1 << (BITS - 6);

  /** Words of the bitmap for which one count is kept. */
  private static final int GROUP_BITS = 3;

  final long[] present = new long[WORDS];
  long[] marked = new long[WORDS];
  long @Nullable [] watched;

  /** Objects before each group of words. */
  private final char[] before = new char[WORDS >> GROUP_BITS];

  private int[] low = {};
  private byte[] high = {};
  private int[] originLow = {};
  private byte[] originHigh = {};

  void count() {
    int total = 0;
    for (int word = 0; word < WORDS; word++) {
      if ((word & ((1 << GROUP_BITS) - 1)) == 0) {
        before[word >> GROUP_BITS] = (char) total;
      }
      total += Long.bitCount(present[word]);
    }
    low = new int[total];
    high = new byte[total];
  }

  boolean has(int slot) {
    return (present[slot >> 6] & (1L << slot)) != 0;
  }

  int number(int slot) {
    int word = slot >> 6;
    int group = word >> GROUP_BITS;
    int number = before[group];
    for (int i = group << GROUP_BITS; i < word; i++) {
      number += Long.bitCount(present[i]);
    }
    return number + Long.bitCount(present[word] & ((1L << slot) - 1));
  }

  void put(int number, long position) {
    low[number] = (int) position;
    high[number] = (byte) (position >>> 32);
  }

  long position(int number) {
    return ((high[number] & 0xffL) << 32) | (low[number] & 0xffff_ffffL);
  }

  void putOrigin(int number, long position) {
    if (originLow.length == 0) {
      originLow = new int[low.length];
      originHigh = new byte[low.length];
    }
    originLow[number] = (int) position;
    originHigh[number] = (byte) (position >>> 32);
  }

  long origin(int number) {
    return originLow.length == 0
        ? ObjectIndex.ABSENT
        : ((originHigh[number] & 0xffL) << 32) | (originLow[number] & 0xffff_ffffL);
  }
}
