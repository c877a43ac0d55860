package io.leakwatch.prove.heap;

/**
 * A map from long to long in one array, by open addressing with linear probing. Keys are any but 0; absent is
 * {@link #ABSENT}. Not thread-safe.
 */
public final class LongTable {
  /** What {@link #get} says of a key that is not there; not to be used as a value. */
  public static final long ABSENT = -1;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Each key and, right behind it, its value: both are in one line of the processor's cache. */
  private long[] entries = new long[32];

  /** So far the upper bits of a hash are shifted down to make an even index. */
  private int shift = 59;

  private int size;

  /** How many keys it holds. */
  public int size() {
    return size;
  }

  /** The value of a key, or {@link #ABSENT}. */
  public long get(long key) {
    int i = find(key);
    return entries[i] == 0 ? ABSENT : entries[i + 1];
  }

  /** Sets the value of a key, which must not be 0. */
  public void put(long key, long value) {
    if (size >= entries.length / 4) {
      grow();
    }
    int i = find(key);
    if (entries[i] == 0) {
      entries[i] = key;
      size++;
    }
    entries[i + 1] = value;
  }

  /** Where the key is, or would be. */
  private int find(long key) {
    long[] table = entries;
    int mask = table.length - 1;
    int i = (int) ((key * GOLDEN) >>> shift) & ~1;
    while (table[i] != key && table[i] != 0) {
      i = (i + 2) & mask;
    }
    return i;
  }

  private void grow() {
    long[] old = entries;
    entries = new long[old.length * 2];
    shift--;
    size = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        put(old[i], old[i + 1]);
      }
    }
  }
}
