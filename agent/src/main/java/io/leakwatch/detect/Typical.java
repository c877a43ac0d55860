package io.leakwatch.detect;

import io.leakwatch.sample.ThreadDetail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the oldest threads of a group have in common.
 *
 * @param details those that were looked at and still had a stack; first those that wait where most of them do, each part the
 *     oldest first
 * @param alike how many wait there; 0 when none was looked at
 */
record Typical(List<ThreadDetail> details, int alike) {
  static Typical of(List<ThreadDetail> lookedAt) {
    Map<Place, List<ThreadDetail>> byPlace = new LinkedHashMap<>();
    for (ThreadDetail detail : lookedAt) {
      if (!detail.stack().isEmpty()) {
        byPlace.computeIfAbsent(Place.of(detail), place -> new ArrayList<>()).add(detail);
      }
    }
    List<List<ThreadDetail>> crowds = new ArrayList<>(byPlace.values());
    crowds.sort((one, other) -> Integer.compare(other.size(), one.size()));
    return new Typical(
        crowds.stream().flatMap(List::stream).toList(),
        crowds.isEmpty() ? 0 : crowds.get(0).size());
  }

  /** The one that stands for them all; {@code null} when no more than half of them wait at the same place. */
  @Nullable
  ThreadDetail thread() {
    return 2 * alike > details.size() ? details.get(0) : null;
  }

  /** Such as {@code 3 of the 3 oldest wait there}, to be read behind the wait of the first. */
  String seen() {
    return alike + " of the " + details.size() + " oldest wait there";
  }

  /** Lines do not count: a loop waits now at one, now at another. */
  private record Place(WaitKind waitKind, List<String> methods) {
    static Place of(ThreadDetail detail) {
      return new Place(
          WaitKind.of(detail),
          Culprits.waitFrames(detail.stack()).stream()
              .map(frame -> frame.substring(0, frame.indexOf('(')))
              .toList());
    }
  }
}
