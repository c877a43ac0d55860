package io.leakwatch.prove.heap;

import java.util.Arrays;

/**
 * A map from long to long in two arrays, by open addressing with linear probing. Keys are any but 0; absent is
 * {@link #ABSENT}. Not thread-safe.
 */
public final class LongTable {
  /** What {@link #get} says of a key that is not there; not to be used as a value. */
  public static final long ABSENT = -1;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] keys;
  private long[] values;
  private int shift;
  private int size;

  /** An empty map. */
  public LongTable() {
    keys = new long[16];
    values = new long[16];
    shift = 60;
  }

  /** How many keys it holds. */
  public int size() {
    return size;
  }

  /** The value of a key, or {@link #ABSENT}. */
  public long get(long key) {
    int mask = keys.length - 1;
    for (int i = slot(key); keys[i] != 0; i = (i + 1) & mask) {
      if (keys[i] == key) {
        return values[i];
      }
    }
    return ABSENT;
  }

  /** Sets the value of a key, which must not be 0. */
  public void put(long key, long value) {
    if (size >= keys.length / 2) {
      grow();
    }
    int mask = keys.length - 1;
    int i = slot(key);
    while (keys[i] != 0 && keys[i] != key) {
      i = (i + 1) & mask;
    }
    if (keys[i] == 0) {
      keys[i] = key;
      size++;
    }
    values[i] = value;
  }

  private int slot(long key) {
    return (int) ((key * GOLDEN) >>> shift);
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = Arrays.copyOf(keys, keys.length);
    shift--;
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        put(oldKeys[i], oldValues[i]);
      }
    }
  }
}
