package io.leakwatch.prove.heap;

import org.jspecify.annotations.Nullable;

/** A part of an {@link ObjectIndex}: 65,536 possible addresses. Not thread-safe. */
final class IndexPage {
  /** As many bits of an address tell the possible ones of a page apart. */
  static final int BITS = 16;

  // Of 64 addresses each, four words side by side, so that all that is asked of an object is in one
  // line of the processor's cache: three bitmaps, and how many objects come before those.
  private static final int PRESENT = 0;
  private static final int UNMARKED = 1;
  private static final int LEAF = 2;
  private static final int BEFORE = 3;
  private static final int STRIDE_BITS = 2;

  private final long[] words = new long[1 << (BITS - 6 + STRIDE_BITS)];
  private long @Nullable [] watched;

  private FilePositions positions = new FilePositions(0);
  private @Nullable FilePositions origins;

  /** First pass: there is an object; false when that was known. */
  boolean add(int slot) {
    long bit = 1L << slot;
    int word = word(slot) + PRESENT;
    if ((words[word] & bit) != 0) {
      return false;
    }
    words[word] |= bit;
    return true;
  }

  /** Between the passes. */
  void count() {
    int total = 0;
    for (int word = 0; word < words.length; word += 1 << STRIDE_BITS) {
      words[word + BEFORE] = total;
      total += Long.bitCount(words[word + PRESENT]);
    }
    positions = new FilePositions(total);
    unmarkAll();
  }

  /** Second pass: the object's record starts there; whether it has no references. */
  void locate(int slot, long position, boolean leaf) {
    int word = word(slot);
    long bit = 1L << slot;
    if (leaf) {
      words[word + LEAF] |= bit;
    } else {
      words[word + LEAF] &= ~bit;
    }
    positions.set(number(word, bit), position);
  }

  /** Where the object's record starts; {@link ObjectIndex#ABSENT} when there is no such object. */
  long position(int slot) {
    int word = word(slot);
    long bit = 1L << slot;
    return (words[word + PRESENT] & bit) == 0
        ? ObjectIndex.ABSENT
        : positions.get(number(word, bit));
  }

  /** See {@link ObjectIndex#mark}. */
  long mark(int slot) {
    int word = word(slot);
    long bit = 1L << slot;
    if ((words[word + UNMARKED] & bit) == 0) {
      return ObjectIndex.ABSENT;
    }
    words[word + UNMARKED] &= ~bit;
    return (words[word + LEAF] & bit) != 0 ? ObjectIndex.LEAF : positions.get(number(word, bit));
  }

  boolean isMarked(int slot) {
    int word = word(slot);
    return ((words[word + PRESENT] & ~words[word + UNMARKED]) & (1L << slot)) != 0;
  }

  void unmarkAll() {
    for (int word = 0; word < words.length; word += 1 << STRIDE_BITS) {
      words[word + UNMARKED] = words[word + PRESENT];
    }
  }

  void watch(int slot) {
    long[] bits = watched == null ? new long[1 << (BITS - 6)] : watched;
    bits[slot >> 6] |= 1L << slot;
    watched = bits;
  }

  boolean isWatched(int slot) {
    return watched != null && (watched[slot >> 6] & (1L << slot)) != 0;
  }

  /** Notes where an object of the page was come by. */
  void putOrigin(int slot, long position) {
    FilePositions known = origins == null ? new FilePositions(positions.size()) : origins;
    known.set(number(word(slot), 1L << slot), position);
    origins = known;
  }

  /** What was noted; {@link ObjectIndex#ABSENT} when nothing was noted in this page. */
  long origin(int slot) {
    return origins == null ? ObjectIndex.ABSENT : origins.get(number(word(slot), 1L << slot));
  }

  private static int word(int slot) {
    return (slot >> 6) << STRIDE_BITS;
  }

  private int number(int word, long bit) {
    return (int) words[word + BEFORE] + Long.bitCount(words[word + PRESENT] & (bit - 1));
  }
}
