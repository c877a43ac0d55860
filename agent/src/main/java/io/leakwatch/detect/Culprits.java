package io.leakwatch.detect;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.ThreadDetail;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /**
   * Where else things of one finding are made, in other lines of the same methods: the application's line of each, with how
   * many. The first of the sites is the one that the finding tells of.
   *
   * @param countsBySite how many are made at each creation site, innermost frame first
   */
  static Map<String, Long> otherLines(
      Map<List<StackTraceElement>, Long> countsBySite, CodeOwners owners) {
    Map<String, Long> lines = new LinkedHashMap<>();
    countsBySite.forEach((createdAt, count) -> {
      for (String line :
          suspects(createdAt, List.of(), owners).stream().limit(1).toList()) {
        lines.merge(line, count, Long::sum);
      }
    });
    lines.keySet().stream().findFirst().ifPresent(lines::remove);
    return lines;
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
        .filter(frame -> isApplication(frame, owners))
        .limit(limit)
        .map(Frames::text)
        .toList();
  }

  /** Whether a frame is of the application's own code. */
  static boolean isApplication(StackTraceElement frame, CodeOwners owners) {
    return !Frames.isJdk(frame.getClassName()) && owners.isApplication(frame.getClassName());
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

  /**
   * What else tells the things of one creator apart, for the fingerprint's frames of the wait: of two kinds of the JDK's own
   * that are made in one method, a client's threads and a watch service's, each is a leak of its own. Tasks of the application
   * are told apart by their frames; what runs them, {@code java.util.concurrent}, says nothing.
   */
  static List<String> kindOfThing(String className) {
    return Frames.isJdk(className)
            && !className.startsWith("java.util.concurrent.")
            && !className.startsWith("java.lang.")
        ? List.of(className)
        : List.of();
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
