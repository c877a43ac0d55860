package io.leakwatch.prove;

import io.leakwatch.frames.Frames;
import io.leakwatch.frames.WaitPlace;
import java.util.List;
import java.util.Set;

/** Says in a few words where a thread waits, from its stack; and which frames tell one such place from another. */
final class WaitWords {
  /** Frames of the machinery below a wait, which say nothing. */
  private static final Set<String> MACHINERY = Set.of(
      "jdk.internal.vm.Continuation",
      "jdk.internal.misc.Unsafe",
      "java.lang.VirtualThread",
      "java.lang.System$1",
      "java.lang.System$2");

  private static final int APPLICATION_FRAMES = 4;

  private WaitWords() {}

  /** Such as {@code LinkedBlockingQueue.take, idle worker, no timeout}; empty when the stack is. */
  static String of(List<StackTraceElement> stack, Wait waits) {
    WaitPlace place = WaitPlace.of(visible(stack));
    return place.text().isEmpty()
        ? ""
        : place.text()
            + (waits == Wait.MONITOR ? ", blocked on a monitor" : ", no timeout")
            + place.caller();
  }

  /** The method of the JDK in which it waits, such as {@code java.util.concurrent.CountDownLatch.await}; empty when in none. */
  static String place(List<StackTraceElement> stack) {
    List<StackTraceElement> frames = visible(stack);
    int at = WaitPlace.of(frames).at();
    return at < 0 ? "" : frames.get(at).getClassName() + "." + frames.get(at).getMethodName();
  }

  /** Whether it is the stack of a pool's worker that has nothing to do. */
  static boolean isIdleWorker(List<StackTraceElement> stack) {
    return WaitPlace.of(stack).idle();
  }

  /** The frames without the JDK's machinery below the wait, and without those that it makes for lambda expressions. */
  static List<StackTraceElement> visible(List<StackTraceElement> stack) {
    int from = 0;
    int to = stack.size();
    while (from < to && MACHINERY.contains(stack.get(from).getClassName())) {
      from++;
    }
    while (to > from && stack.get(to - 1).getClassName().startsWith("jdk.internal.vm.")) {
      to--;
    }
    return stack.subList(from, to).stream()
        .filter(frame -> !frame.getClassName().contains("$$Lambda"))
        .toList();
  }

  /** What tells the wait from others: the application's frames, or all where there are none. */
  static List<String> significant(List<StackTraceElement> stack) {
    List<StackTraceElement> frames = visible(stack);
    List<String> own = Frames.applicationFrames(frames, APPLICATION_FRAMES);
    return own.isEmpty() ? Frames.text(frames) : own;
  }
}
