package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;

/**
 * What a proof from outside says of the live threads of one group.
 *
 * @param source what proved it and when, such as {@code heap dump of 2026-01-31T12:00:00Z}
 * @param proven how many never run again; 0 when it is about others
 * @param covered how many the proof could be about, these included: the others are too young for it
 * @param found those of which the proof says anything, by age; only in a sample that somebody asked for, else empty
 */
public record SiteProof(String source, long proven, long covered, List<Found> found) {

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
    return found.isEmpty() ? this : new SiteProof(source, proven, covered, List.of());
  }
}
