package io.leakwatch.prove.heap;

import java.util.Arrays;

/** A list of longs that grows; also a stack. Not thread-safe. */
public final class LongList {
  private long[] values = new long[64];
  private int size;

  /** Appends a value. */
  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  /** The value at an index below {@link #size()}. */
  public long get(int index) {
    return values[index];
  }

  /** Replaces the value at an index below {@link #size()}. */
  public void set(int index, long value) {
    values[index] = value;
  }

  /** Takes the last one away and returns it; there must be one. */
  public long removeLast() {
    return values[--size];
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return size == 0;
  }
}
