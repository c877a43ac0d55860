package io.leakwatch.detect;

import io.leakwatch.sample.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the low-water mark of a level that goes up and down has risen lately. The samples are cut, from the newest
 * backwards, into spans of the same length; the lowest level within a span is its floor. A level that keeps rising raises
 * its floor from span to span; bursts, waves and noise do not for long.
 *
 * @param rises spans in a row whose floor was higher than that of the span before, those that stayed level in between not
 *     counted
 * @param by how much the floor has risen over them
 * @param overTime from the first of these spans to the newest
 * @param isFresh whether one of the two newest spans rose
 * @param isNewHeight whether the newest floor is above every level from before the first of them
 * @param firstSample the number of the sample with which the run began
 */
record RisingFloor(
    int rises, long by, Duration overTime, boolean isFresh, boolean isNewHeight, int firstSample) {
  /** Rises in a row, for each {@code settle}, that are more than a wave. */
  static final int RISES = 2;

  /**
   * The rise of the floor at the newest sample if it has risen {@value #RISES} times {@code settle} times in a row, to a new
   * height; {@code null} if it has not. Looks at spans of several lengths, the shortest first: what grows by one an hour does
   * not grow from sample to sample.
   *
   * @param samples the oldest first
   * @param levels the level at each of them
   * @param settle see the option of that name; also the shortest span
   * @param counts which of such rises count
   */
  static @Nullable RisingFloor lasting(
      List<Sample> samples, long[] levels, int settle, Predicate<RisingFloor> counts) {
    int rises = RISES * settle;
    for (int span = settle; (rises + 1) * span <= levels.length; span *= 2) {
      RisingFloor rise = of(samples, levels, span);
      if (rise.rises() >= rises && rise.isNewHeight() && counts.test(rise)) {
        return rise;
      }
    }
    return null;
  }

  /**
   * The rise of the floor at the newest sample.
   *
   * @param samples at least one, the oldest first
   * @param levels the level at each of them
   * @param span samples in a span; 1 or more
   */
  static RisingFloor of(List<Sample> samples, long[] levels, int span) {
    int n = levels.length;
    int spans = n / span;
    int rises = 0;
    int lastRise = Integer.MAX_VALUE;
    int run = 0;
    for (int back = 0; back + 1 < spans; back++) {
      long rise = floor(levels, n, span, back) - floor(levels, n, span, back + 1);
      if (rise < 0) {
        break;
      }
      if (rise > 0) {
        rises++;
        lastRise = Math.min(lastRise, back);
        // What stayed level before the first rise is not part of it.
        run = back + 1;
      }
    }
    int first = Math.max(0, n - (run + 1) * span);
    long newest = spans == 0 ? 0 : floor(levels, n, span, 0);
    return new RisingFloor(
        rises,
        rises == 0 ? 0 : newest - floor(levels, n, span, run),
        samples.get(n - 1).elapsed().minus(samples.get(first).elapsed()),
        lastRise <= 1,
        newest > Arrays.stream(levels, 0, first).max().orElse(0),
        samples.get(first).index());
  }

  double perMinute() {
    double minutes = overTime.toMillis() / 60_000.0;
    return minutes > 0 ? by / minutes : 0;
  }

  private static long floor(long[] levels, int n, int span, int back) {
    int end = n - back * span;
    return Arrays.stream(levels, end - span, end).min().orElse(0);
  }
}
