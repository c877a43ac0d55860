package io.leakwatch.prove.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of places in a file of up to 1 TiB, each below 2 to the power of 40: in 4 bytes where all that were set are in the
 * same 4 GiB of the file, as those of neighbours mostly are, else in 5. Not thread-safe.
 */
final class FilePositions {
  private static final int UNSET = -1;

  private final int[] low;

  /** The fifth byte of all places, as long as they have the same. */
  private int commonHigh = UNSET;

  private byte @Nullable [] high;

  FilePositions(int size) {
    low = new int[size];
  }

  int size() {
    return low.length;
  }

  void set(int number, long position) {
    low[number] = (int) position;
    int fifth = (int) (position >>> 32);
    if (high == null) {
      if (fifth == commonHigh) {
        return;
      } else if (commonHigh == UNSET) {
        commonHigh = fifth;
        return;
      }
      high = new byte[low.length];
      Arrays.fill(high, (byte) commonHigh);
    }
    high[number] = (byte) fifth;
  }

  /** What was set; 0 when nothing was set at all. */
  long get(int number) {
    long fifth = high == null ? Math.max(0, commonHigh) : high[number] & 0xff;
    return fifth << 32 | (low[number] & 0xffff_ffffL);
  }
}
