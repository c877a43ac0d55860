package io.leakwatch.detect;

import io.leakwatch.finding.FindingKind;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.ThreadDetail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the threads, or executors, of one creation site leak, told from that site and from what the oldest of them wait for.
 * Says what to call it, which line to look at first and what to do; whether it is a leak at all is decided elsewhere.
 *
 * @param suspects application frames, the most likely culprit first: the line that waits where the threads are stuck in code
 *     of the application, else the line that creates
 */
record Cause(FindingKind kind, List<String> suspects, String advice) {

  /** Of threads that were started and do not end. */
  static Cause ofThreads(List<StackTraceElement> createdAt, Typical typical, CodeOwners owners) {
    List<ThreadDetail> details = typical.details();
    ThreadDetail thread = typical.thread();
    if (thread == null) {
      return byCreation(FindingKind.THREAD_GROWTH, createdAt, details, owners);
    }
    WaitKind wait = WaitKind.of(thread);
    FindingKind kind = kindOf(wait, WaitKind.isTimed(thread));
    if (isBlamed(wait)
        && thread.stack().stream().anyMatch(frame -> Culprits.isApplication(frame, owners))) {
      return new Cause(kind, Culprits.suspectsOfWait(createdAt, details, owners), kind.advice());
    }
    Cause client = wait == WaitKind.LOCK || wait == WaitKind.FILE
        ? null
        : ofClient(createdAt, details, owners, wait != WaitKind.SLEEP);
    return client == null ? byCreation(kind, createdAt, details, owners) : client;
  }

  /**
   * Of executors and timers that are made and not shut down.
   *
   * @param noun what they are called, as in {@code SiteExecutors}
   */
  static Cause ofExecutors(
      String noun, List<StackTraceElement> createdAt, Typical typical, CodeOwners owners) {
    Cause client = ofClient(createdAt, typical.details(), owners, true);
    FindingKind kind = noun.equals("timer")
        ? FindingKind.TIMER_NEVER_CANCELLED
        : FindingKind.EXECUTOR_NEVER_SHUT_DOWN;
    return client == null ? byCreation(kind, createdAt, typical.details(), owners) : client;
  }

  private static Cause byCreation(
      FindingKind kind,
      List<StackTraceElement> createdAt,
      List<ThreadDetail> details,
      CodeOwners owners) {
    return new Cause(kind, Culprits.suspects(createdAt, details, owners), kind.advice());
  }

  /**
   * What a library made for an object that the application asked it for.
   *
   * @param orUnknown whether also where there is no advice for that library
   * @return {@code null} when it was the application that made it
   */
  private static @Nullable Cause ofClient(
      List<StackTraceElement> createdAt,
      List<ThreadDetail> details,
      CodeOwners owners,
      boolean orUnknown) {
    List<String> makers = new ArrayList<>();
    for (StackTraceElement frame : createdAt) {
      if (Culprits.isApplication(frame, owners)) {
        String advice = LibraryAdvice.SHIPPED.of(makers);
        boolean unknown = makers.stream().anyMatch(maker -> !Frames.isJdk(maker));
        FindingKind kind = FindingKind.CLIENT_NEVER_CLOSED;
        return advice == null && !(unknown && orUnknown)
            ? null
            : new Cause(
                kind,
                Culprits.suspects(createdAt, details, owners),
                advice == null ? kind.advice() : advice);
      }
      makers.add(frame.getClassName());
    }
    return null;
  }

  /** Where something never comes, the line that waits for it is to blame; a line that sleeps or works is not. */
  private static boolean isBlamed(WaitKind wait) {
    return wait != WaitKind.IDLE && wait != WaitKind.SLEEP && wait != WaitKind.NONE;
  }

  private static FindingKind kindOf(WaitKind wait, boolean timed) {
    return switch (wait) {
      case CHANNEL_TAKE -> FindingKind.CHANNEL_NEVER_CLOSED;
      case CHANNEL_PUT -> FindingKind.CHANNEL_NEVER_EMPTIED;
      case SIGNAL -> timed ? FindingKind.THREAD_GROWTH : FindingKind.SIGNAL_NEVER_COMES;
      case RESULT -> timed ? FindingKind.THREAD_GROWTH : FindingKind.WAIT_WITHOUT_TIMEOUT;
      case SOCKET, FILE -> timed ? FindingKind.THREAD_GROWTH : FindingKind.IO_WITHOUT_TIMEOUT;
      case SLEEP -> FindingKind.TIMER_NEVER_CANCELLED;
      case IDLE, LOCK, NONE -> FindingKind.THREAD_GROWTH;
    };
  }
}
