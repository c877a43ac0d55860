package io.leakwatch.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * The samples so far, the oldest first. Bounded: when {@value #CAP} are held, every second of the older half is
 * forgotten, so it reaches back to the start at a falling resolution while the recent past stays complete. Only the
 * newest keeps its details.
 *
 * <p>Not thread-safe; belongs to the sampling thread.
 */
public final class SampleHistory {
  static final int CAP = 128;

  /** Rough heap size of one group in one sample. */
  private static final long BYTES_PER_GROUP = 150;

  private final Duration warmup;
  private final int leastSamples;
  private final List<Sample> samples = new ArrayList<>();
  private long baseline = -1;
  private int firstAfterWarmup = Integer.MAX_VALUE;

  /** With whatever number of samples there is by the end of the warm-up. */
  public SampleHistory(Duration warmup) {
    this(warmup, 1);
  }

  /**
   * The baseline is taken at the first sample that is {@code warmup} or more after the agent's start: the most threads that
   * were alive at once in the second half of the warm-up. One sample would not do: an application whose threads come and
   * go with its load may just have hardly any.
   *
   * @param leastSamples that many there must be by then: on a machine that has no time the application has not got far
   *     either
   */
  public SampleHistory(Duration warmup, int leastSamples) {
    this.warmup = warmup;
    this.leastSamples = leastSamples;
  }

  /** Adds the newest sample. */
  public void add(Sample sample) {
    if (samples.size() == CAP) {
      thin();
    }
    if (!samples.isEmpty()) {
      int last = samples.size() - 1;
      samples.set(last, samples.get(last).withoutDetails());
    }
    samples.add(sample);
    if (baseline < 0 && sample.elapsed().compareTo(warmup) >= 0 && samples.size() >= leastSamples) {
      baseline = mostLiveThreadsSince(warmup.dividedBy(2));
      firstAfterWarmup = sample.index();
    }
  }

  /** The samples, the oldest first; at least one, once one was added. */
  public List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  /** The samples since the end of the warm-up, the oldest first; empty while it lasts. */
  public List<Sample> afterWarmup() {
    return samples.stream().filter(s -> s.index() >= firstAfterWarmup).toList();
  }

  /** The newest sample. */
  public Sample newest() {
    return samples.get(samples.size() - 1);
  }

  /** Live threads of both kinds when the warm-up ended, the most that were seen; empty while it lasts. */
  public OptionalLong baseline() {
    return baseline < 0 ? OptionalLong.empty() : OptionalLong.of(baseline);
  }

  /** Estimated size on the heap. */
  public long heapBytes() {
    return samples.stream()
            .mapToLong(s -> s.threads().size()
                + s.executors().size()
                + s.heldLocks().size()
                + s.lateTasks().size()
                + s.vanishedTasks().size())
            .sum()
        * BYTES_PER_GROUP;
  }

  private long mostLiveThreadsSince(Duration elapsed) {
    return samples.stream()
        .filter(sample -> sample.elapsed().compareTo(elapsed) >= 0)
        .mapToLong(Sample::liveThreads)
        .max()
        .orElse(0);
  }

  private void thin() {
    List<Sample> kept = new ArrayList<>(CAP);
    for (int i = 0; i < samples.size(); i++) {
      if (i >= CAP / 2 || i % 2 == 0) {
        kept.add(samples.get(i));
      }
    }
    samples.clear();
    samples.addAll(kept);
  }
}
