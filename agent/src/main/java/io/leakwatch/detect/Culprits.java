package io.leakwatch.detect;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.ThreadDetail;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Picks the frames that a reader should look at first. */
public final class Culprits {
  /** As many application frames tell sites apart; see the registry's creation sites. */
  private static final int CREATOR_FRAMES = 4;

  private Culprits() {}

  /**
   * The application's frames that create; then its frame that waits, which is the culprit where a library creates its
   * threads for everybody; then the library's innermost frames of both.
   */
  public static List<String> suspects(
      List<StackTraceElement> createdAt, List<ThreadDetail> details, CodeOwners owners) {
    List<StackTraceElement> waitingAt = waitingStack(details);
    Set<String> suspects = new LinkedHashSet<>(own(createdAt, owners, CREATOR_FRAMES));
    suspects.addAll(own(waitingAt, owners, 1));
    int libraryFrames = suspects.isEmpty() ? CREATOR_FRAMES : 1;
    suspects.addAll(Frames.applicationFrames(createdAt, libraryFrames));
    suspects.addAll(Frames.applicationFrames(waitingAt, 1));
    return List.copyOf(suspects);
  }

  /** The same where it is the wait that is to blame: the application's frame that waits comes first. */
  public static List<String> suspectsOfWait(
      List<StackTraceElement> createdAt, List<ThreadDetail> details, CodeOwners owners) {
    Set<String> suspects = new LinkedHashSet<>(own(waitingStack(details), owners, 1));
    suspects.addAll(suspects(createdAt, details, owners));
    return List.copyOf(suspects);
  }

  private static List<String> own(List<StackTraceElement> stack, CodeOwners owners, int limit) {
    return stack.stream()
        .filter(f -> !Frames.isJdk(f.getClassName()) && owners.isApplication(f.getClassName()))
        .limit(limit)
        .map(Frames::text)
        .toList();
  }

  /**
   * What a finding's fingerprint is made of: the creator's application frames; where those are unknown the wait's; where
   * there are none the class. The wait does not count where the creator is known: it may change from sample to sample.
   */
  public static List<String> fingerprintFrames(
      List<StackTraceElement> createdAt, List<ThreadDetail> details, String className) {
    List<String> creator = Frames.applicationFrames(createdAt, CREATOR_FRAMES);
    if (!creator.isEmpty()) {
      return creator;
    }
    List<StackTraceElement> waiting = waitingStack(details);
    return Frames.applicationFrames(waiting, 1).isEmpty()
        ? List.of(className)
        : waitFrames(waiting);
  }

  /** What a wait is told apart by; hidden frames, which some releases of the JDK show, do not count. */
  static List<String> waitFrames(List<StackTraceElement> stack) {
    List<String> wait = Frames.applicationFrames(stack, Integer.MAX_VALUE).stream()
        .filter(frame -> !frame.contains("$$Lambda"))
        .limit(CREATOR_FRAMES)
        .toList();
    return wait.isEmpty() ? Frames.text(stack) : wait;
  }

  /** The stack of the oldest thread that was looked at and still had one. */
  public static List<StackTraceElement> waitingStack(List<ThreadDetail> details) {
    return details.stream()
        .map(ThreadDetail::stack)
        .filter(s -> !s.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** What the oldest thread that was looked at waits for; empty when unknown. */
  public static String waiting(List<ThreadDetail> details) {
    return details.stream()
        .filter(d -> !d.stack().isEmpty())
        .findFirst()
        .map(WaitText::of)
        .orElse("");
  }
}
