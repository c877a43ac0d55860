package io.leakwatch.prove;

import io.leakwatch.frames.Frames;
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
  private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";

  private WaitWords() {}

  /** Such as {@code LinkedBlockingQueue.take, idle worker, no timeout}; empty when the stack is. */
  static String of(List<StackTraceElement> stack, Wait waits) {
    List<StackTraceElement> frames = visible(stack);
    if (frames.isEmpty()) {
      return "";
    }
    boolean idle = isIdleWorker(frames);
    int at = placeAt(frames);
    String place = at < 0 ? Frames.text(frames.get(0)) : shortName(frames.get(at));
    int caller = at + 1;
    boolean called = !idle
        && at >= 0
        && caller < frames.size()
        && !Frames.isJdk(frames.get(caller).getClassName());
    return place
        + (idle ? ", idle worker" : "")
        + (waits == Wait.MONITOR ? ", blocked on a monitor" : ", no timeout")
        + (called ? ", called from " + Frames.text(frames.get(caller)) : "");
  }

  /** The method of the JDK in which it waits, such as {@code java.util.concurrent.CountDownLatch.await}; empty when in none. */
  static String place(List<StackTraceElement> stack) {
    List<StackTraceElement> frames = visible(stack);
    int at = frames.isEmpty() ? -1 : placeAt(frames);
    return at < 0 ? "" : frames.get(at).getClassName() + "." + frames.get(at).getMethodName();
  }

  /** Whether it is the stack of a pool's worker that has nothing to do. */
  static boolean isIdleWorker(List<StackTraceElement> stack) {
    return idleAt(stack) >= 0;
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

  private static int placeAt(List<StackTraceElement> frames) {
    int idle = idleAt(frames);
    return idle > 0 ? idle - 1 : lastJdkFrame(frames);
  }

  private static int idleAt(List<StackTraceElement> stack) {
    for (int i = 0; i < stack.size(); i++) {
      if (stack.get(i).getClassName().equals(POOL)
          && stack.get(i).getMethodName().equals("getTask")) {
        return i;
      }
    }
    return -1;
  }

  /** The JDK method that the application, or a library, called; -1 when the thread is in code of neither. */
  private static int lastJdkFrame(List<StackTraceElement> frames) {
    int at = -1;
    while (at + 1 < frames.size() && Frames.isJdk(frames.get(at + 1).getClassName())) {
      at++;
    }
    // A stack of JDK frames only is a thread of the JDK's own; its innermost frame says most.
    return at == frames.size() - 1 ? 0 : at;
  }

  private static String shortName(StackTraceElement frame) {
    String className = frame.getClassName();
    return className.substring(className.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }
}
