package io.leakwatch.detect;

import io.leakwatch.frames.Frames;
import io.leakwatch.sample.ThreadDetail;
import java.util.ArrayList;
import java.util.List;

/** Picks the frames that a reader should look at first. */
final class Culprits {
  /** As many application frames tell sites apart; see the registry's creation sites. */
  private static final int CREATOR_FRAMES = 4;

  private Culprits() {}

  /** For a leak by creation: the application frames that create, then the one that waits. */
  static List<String> byCreation(List<StackTraceElement> createdAt, List<ThreadDetail> details) {
    List<String> suspects = new ArrayList<>(Frames.applicationFrames(createdAt, CREATOR_FRAMES));
    for (String waiting : Frames.applicationFrames(waitingStack(details), 1)) {
      if (!suspects.contains(waiting)) {
        suspects.add(waiting);
      }
    }
    return suspects;
  }

  /**
   * What a finding's fingerprint is made of: the creator's application frames; where those are unknown the wait's; where
   * there are none the class. The wait does not count where the creator is known: it may change from sample to sample.
   */
  static List<String> fingerprintFrames(
      List<StackTraceElement> createdAt, List<ThreadDetail> details, String className) {
    List<String> creator = Frames.applicationFrames(createdAt, CREATOR_FRAMES);
    if (!creator.isEmpty()) {
      return creator;
    }
    List<String> wait = Frames.applicationFrames(waitingStack(details), CREATOR_FRAMES);
    return wait.isEmpty() ? List.of(className) : wait;
  }

  /** The stack of the oldest thread that was looked at and still had one. */
  static List<StackTraceElement> waitingStack(List<ThreadDetail> details) {
    return details.stream()
        .map(ThreadDetail::stack)
        .filter(s -> !s.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** What the oldest thread that was looked at waits for; empty when unknown. */
  static String waiting(List<ThreadDetail> details) {
    return details.stream()
        .filter(d -> !d.stack().isEmpty())
        .findFirst()
        .map(WaitText::of)
        .orElse("");
  }
}
