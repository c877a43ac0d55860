package io.leakwatch.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a proof from a heap dump says of the live threads of one group.
 *
 * @param takenAt when the heap was dumped
 * @param proven how many never run again; 0 when it is about others
 * @param covered how many the proof could be about, these included: the others are too young for it
 * @param found those of which the proof says anything, by age; only in a sample that somebody asked for, else empty
 */
public record SiteProof(Instant takenAt, long proven, long covered, List<Found> found) {

  /**
   * Threads of one age.
   *
   * @param age how long they have been there at the least
   * @param threads their numbers, ascending
   */
  public record Found(Duration age, List<Long> threads) {
    public Found {
      threads = List.copyOf(threads);
    }
  }

  public SiteProof {
    found = List.copyOf(found);
  }

  SiteProof withoutDetails() {
    return found.isEmpty() ? this : new SiteProof(takenAt, proven, covered, List.of());
  }
}
