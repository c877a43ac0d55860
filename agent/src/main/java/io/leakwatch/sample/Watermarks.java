package io.leakwatch.sample;

import java.time.Duration;
import java.util.Arrays;

/**
 * Tells from a number that is handed out in ascending order (a thread's id, an executor's sequence number) at which
 * sample its holder was first there: at each sample the highest number seen so far is noted. Costs nothing for a thread.
 *
 * <p>Bounded: when {@value #CAP} marks are held, every second of the older half is forgotten, so that the recent past
 * stays exact. Used by the sampler only.
 */
final class Watermarks {
  static final int CAP = 128;

  private final int[] samples = new int[CAP];
  private final Duration[] elapsed = new Duration[CAP];
  private final long[] highest = new long[CAP];
  private int size;

  /**
   * Notes the highest number there is at a sample.
   *
   * @param index of the sample; indexes ascend
   * @param time when the sample was taken, since the agent's start
   */
  void mark(int index, Duration time, long number) {
    if (size == CAP) {
      thin();
    }
    samples[size] = index;
    elapsed[size] = time;
    highest[size] = size == 0 ? number : Math.max(number, highest[size - 1]);
    size++;
  }

  /** The slot of the sample at which {@code number} was first there; {@link #size} when it is newer than all of them. */
  int slot(long number) {
    int found = Arrays.binarySearch(highest, 0, size, number);
    if (found < 0) {
      return -found - 1;
    }
    // Equal marks stand for samples without a newcomer: the first of them counts.
    while (found > 0 && highest[found - 1] == number) {
      found--;
    }
    return found;
  }

  /** The slot of the first noted sample from {@code index} on; {@link #size} when there is none. */
  int slotOfSample(int index) {
    int found = Arrays.binarySearch(samples, 0, size, index);
    return found < 0 ? -found - 1 : found;
  }

  /** The sample that a slot stands for. */
  int sample(int slot) {
    return samples[slot];
  }

  /** When the sample was taken that a slot stands for. */
  Duration elapsed(int slot) {
    return elapsed[slot];
  }

  /** Slots in use. */
  int size() {
    return size;
  }

  /** The cohorts of a group from its members for each slot; the slot behind the last stands for {@code now}. */
  Cohorts cohorts(int[] bySlot, int now) {
    int used = (int) Arrays.stream(bySlot, 0, size + 1).filter(n -> n > 0).count();
    int[] pairs = new int[2 * used];
    int at = 0;
    for (int slot = 0; slot <= size; slot++) {
      if (bySlot[slot] > 0) {
        pairs[at++] = slot == size ? now : samples[slot];
        pairs[at++] = bySlot[slot];
      }
    }
    return Cohorts.of(pairs);
  }

  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      // Of two neighbours the later goes on: a birth is never dated before its time.
      if (i >= CAP / 2 || i % 2 == 1) {
        samples[kept] = samples[i];
        elapsed[kept] = elapsed[i];
        highest[kept] = highest[i];
        kept++;
      }
    }
    size = kept;
  }
}
