package io.leakwatch.detect;

import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.Sample;
import java.time.Duration;
import java.util.List;

/**
 * How the survivors of one group develop: those that have got older than {@code age} samples.
 *
 * <p>The low-water mark at a sample is the lowest number of survivors from then until now, so it never falls; bursts that
 * drain and pools that go up and down leave it where it was. Each sample at which it rose is a rise. A leak is a
 * low-water mark that keeps rising while of all that ever got that old hardly any has ended: what a site's threads have
 * done before is what tells a long life from a leak.
 *
 * @param survivors alive now and older than {@code age} samples
 * @param olderThan that age as a time
 * @param rises samples at which the low-water mark rose
 * @param samples samples looked at since it first rose
 * @param sinceLastRise samples since it last rose
 * @param perMinute growth of the low-water mark over the time it has been rising
 * @param growingFor from the sample before its first rise to now
 * @param ended how many ended after they had got that old, over the whole history
 */
record Growth(
    long survivors,
    Duration olderThan,
    int rises,
    int samples,
    int sinceLastRise,
    double perMinute,
    Duration growingFor,
    long ended) {

  /** Of all that got so old at most one in this many may have ended while the site is still called a leak. */
  private static final int TOLERATED_ENDS = 10;

  /**
   * The growth of one group at the newest sample.
   *
   * @param history all samples, the oldest first
   * @param cohorts the group's members in each of them
   * @param warm how many of the first samples belong to the warm-up: what rises there does not count, what ends does
   * @param age how many samples old a survivor is; 1 or more
   */
  static Growth of(List<Sample> history, List<Cohorts> cohorts, int warm, int age) {
    List<Sample> samples = history.subList(warm, history.size());
    int n = samples.size();
    if (n == 0) {
      return new Growth(0, Duration.ZERO, 0, 0, 0, 0, Duration.ZERO, 0);
    }
    long[] lowWater = new long[n];
    for (int i = 0; i < n; i++) {
      lowWater[i] = cohorts.get(warm + i).aliveBornBy(samples.get(i).index() - age);
    }
    long survivors = lowWater[n - 1];
    for (int i = n - 2; i >= 0; i--) {
      lowWater[i] = Math.min(lowWater[i], lowWater[i + 1]);
    }
    int rises = 0;
    int first = n - 1;
    int last = 0;
    for (int i = 1; i < n; i++) {
      if (lowWater[i] > lowWater[i - 1]) {
        rises++;
        first = Math.min(first, i - 1);
        last = i;
      }
    }
    Sample newest = samples.get(n - 1);
    Duration growingFor = newest.elapsed().minus(samples.get(first).elapsed());
    double minutes = growingFor.toMillis() / 60_000.0;
    return new Growth(
        survivors,
        newest.elapsed().minus(elapsedAt(history, newest.index() - age)),
        rises,
        rises == 0 ? 0 : newest.index() - samples.get(first).index(),
        newest.index() - samples.get(last).index(),
        minutes > 0 ? (lowWater[n - 1] - lowWater[first]) / minutes : 0,
        rises == 0 ? Duration.ZERO : growingFor,
        ended(history, cohorts, age));
  }

  /** Whether it has grown like a leak: at least {@code requiredRises}, and what got old does not end. */
  boolean isLeak(int requiredRises) {
    return rises >= requiredRises && ended * TOLERATED_ENDS <= ended + survivors;
  }

  /** Whether it grows still: it rose within the last {@code settle} samples, or within twice its usual pause. */
  boolean isFresh(int settle) {
    return rises > 0 && sinceLastRise <= Math.max(settle, 2 * samples / rises);
  }

  private static long ended(List<Sample> history, List<Cohorts> cohorts, int age) {
    long ended = 0;
    for (int i = 1; i < history.size(); i++) {
      int bornBy = history.get(i - 1).index() - age;
      ended +=
          Math.max(0, cohorts.get(i - 1).aliveBornBy(bornBy) - cohorts.get(i).aliveBornBy(bornBy));
    }
    return ended;
  }

  private static Duration elapsedAt(List<Sample> history, int index) {
    for (int i = history.size() - 1; i > 0; i--) {
      if (history.get(i).index() <= index) {
        return history.get(i).elapsed();
      }
    }
    return history.get(0).elapsed();
  }
}
