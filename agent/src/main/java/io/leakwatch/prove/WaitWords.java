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
    if (stack.isEmpty()) {
      return "";
    }
    int idle = idleAt(stack);
    int at = idle > 0 ? idle - 1 : lastJdkFrame(stack);
    String place = at < 0 ? Frames.text(stack.get(0)) : shortName(stack.get(at));
    String how = waits == Wait.MONITOR ? ", blocked on a monitor" : ", no timeout";
    boolean called = idle < 0
        && at >= 0
        && at + 1 < stack.size()
        && !Frames.isJdk(stack.get(at + 1).getClassName());
    return place
        + (idle > 0 ? ", idle worker" : "")
        + how
        + (called ? ", called from " + Frames.text(stack.get(at + 1)) : "");
  }

  /** Whether it is the stack of a pool's worker that has nothing to do. */
  static boolean isIdleWorker(List<StackTraceElement> stack) {
    return idleAt(stack) >= 0;
  }

  /** The frames without those of the JDK's machinery below the wait. */
  static List<StackTraceElement> visible(List<StackTraceElement> stack) {
    int from = 0;
    while (from < stack.size() && MACHINERY.contains(stack.get(from).getClassName())) {
      from++;
    }
    return from == stack.size() ? stack : stack.subList(from, stack.size());
  }

  /** What tells the wait from others: the application's frames, or all where there are none. */
  static List<String> significant(List<StackTraceElement> stack) {
    List<String> own = Frames.applicationFrames(stack, Integer.MAX_VALUE).stream()
        .filter(frame -> !frame.contains("$$Lambda"))
        .limit(APPLICATION_FRAMES)
        .toList();
    return own.isEmpty() ? Frames.text(visible(stack)) : own;
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
  private static int lastJdkFrame(List<StackTraceElement> stack) {
    int at = -1;
    while (at + 1 < stack.size() && Frames.isJdk(stack.get(at + 1).getClassName())) {
      at++;
    }
    return at == stack.size() - 1 ? stack.size() - visible(stack).size() : at;
  }

  private static String shortName(StackTraceElement frame) {
    String className = frame.getClassName();
    return className.substring(className.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }
}
