package io.leakwatch.sample;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How many of a group are alive, by when they were born: for each sample of the past, the number of those that were not
 * there at the sample before it and are still alive now. Comparing two of them tells how many of the same generation have
 * ended in between, without remembering any single one.
 *
 * <p>Immutable. Births are sample indexes; far in the past several samples share one entry.
 */
public final class Cohorts {
  private final int[] births;
  private final int[] alive;

  private Cohorts(int[] births, int[] alive) {
    this.births = births;
    this.alive = alive;
  }

  /**
   * From pairs of sample index and count, ascending by index: {@code Cohorts.of(0, 5, 3, 2)} are five born by sample 0
   * and two more by sample 3.
   */
  public static Cohorts of(int... birthsAndCounts) {
    int n = birthsAndCounts.length / 2;
    int[] births = new int[n];
    int[] alive = new int[n];
    for (int i = 0; i < n; i++) {
      births[i] = birthsAndCounts[2 * i];
      alive[i] = birthsAndCounts[2 * i + 1];
    }
    return new Cohorts(births, alive);
  }

  /** One for each birth, in any order. */
  static Cohorts bornAt(IntStream births) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    births.forEach(birth -> counts.merge(birth, 1, Integer::sum));
    return of(counts.entrySet().stream()
        .flatMapToInt(e -> IntStream.of(e.getKey(), e.getValue()))
        .toArray());
  }

  /** All that are alive. */
  public long total() {
    return Arrays.stream(alive).asLongStream().sum();
  }

  /** Those alive that were there at sample {@code index} already. */
  public long aliveBornBy(int index) {
    long sum = 0;
    for (int i = 0; i < births.length && births[i] <= index; i++) {
      sum += alive[i];
    }
    return sum;
  }

  /** How many generations of those alive were there at sample {@code index} already. */
  public int generationsBornBy(int index) {
    int generations = 0;
    for (int i = 0; i < births.length && births[i] <= index; i++) {
      generations += alive[i] > 0 ? 1 : 0;
    }
    return generations;
  }

  /** The birth of the oldest one alive; {@link Integer#MAX_VALUE} when none is. */
  public int oldestBirth() {
    for (int i = 0; i < births.length; i++) {
      if (alive[i] > 0) {
        return births[i];
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Both taken together. */
  public Cohorts plus(Cohorts other) {
    if (births.length == 0) {
      return other;
    }
    int[] allBirths = new int[births.length + other.births.length];
    int[] allAlive = new int[allBirths.length];
    int n = 0;
    for (int i = 0, j = 0; i < births.length || j < other.births.length; n++) {
      boolean mine =
          j == other.births.length || (i < births.length && births[i] <= other.births[j]);
      boolean theirs =
          i == births.length || (j < other.births.length && other.births[j] <= births[i]);
      allBirths[n] = mine ? births[i] : other.births[j];
      allAlive[n] = (mine ? alive[i] : 0) + (theirs ? other.alive[j] : 0);
      i += mine ? 1 : 0;
      j += theirs ? 1 : 0;
    }
    return new Cohorts(Arrays.copyOf(allBirths, n), Arrays.copyOf(allAlive, n));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("born:");
    for (int i = 0; i < births.length; i++) {
      text.append(' ').append(births[i]).append('=').append(alive[i]);
    }
    return text.toString();
  }
}
