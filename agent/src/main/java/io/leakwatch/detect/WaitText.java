package io.leakwatch.detect;

import io.leakwatch.frames.Frames;
import io.leakwatch.sample.ThreadDetail;
import java.util.List;

/** Says in a few words what a thread waits for, from its stack and state. */
final class WaitText {
  private WaitText() {}

  /** Such as {@code LinkedBlockingQueue.take, idle worker, no timeout} or {@code CountDownLatch.await, no timeout, called
   * from com.acme.Books.close(Books.java:40)}; empty when the stack is. */
  static String of(ThreadDetail thread) {
    List<StackTraceElement> stack = thread.stack();
    if (stack.isEmpty()) {
      return "";
    }
    int idle = indexOf(stack, "java.util.concurrent.ThreadPoolExecutor", "getTask");
    int at = idle > 0 ? idle - 1 : lastJdkFrame(stack);
    String where = at < 0 ? Frames.text(stack.get(0)) : shortName(stack.get(at));
    return where
        + (idle > 0 ? ", idle worker" : "")
        + how(thread.state())
        + caller(stack, idle > 0 ? -1 : at);
  }

  /** The line of the application, or of a library, that waits there. */
  private static String caller(List<StackTraceElement> stack, int waitsAt) {
    return waitsAt < 0
            || waitsAt + 1 >= stack.size()
            || Frames.isJdk(stack.get(waitsAt + 1).getClassName())
        ? ""
        : ", called from " + Frames.text(stack.get(waitsAt + 1));
  }

  private static String how(Thread.State state) {
    return switch (state) {
      case WAITING -> ", no timeout";
      case TIMED_WAITING -> ", with a timeout";
      case BLOCKED -> ", blocked on a monitor";
      default -> ", running or in I/O";
    };
  }

  /** The JDK method that the application, or a library, called; -1 when the thread is in code of neither. */
  private static int lastJdkFrame(List<StackTraceElement> stack) {
    int at = -1;
    while (at + 1 < stack.size() && Frames.isJdk(stack.get(at + 1).getClassName())) {
      at++;
    }
    // A stack of JDK frames only is a thread of the JDK's own; its innermost frame says most.
    return at == stack.size() - 1 ? 0 : at;
  }

  private static int indexOf(List<StackTraceElement> stack, String className, String method) {
    for (int i = 0; i < stack.size(); i++) {
      if (stack.get(i).getClassName().equals(className)
          && stack.get(i).getMethodName().equals(method)) {
        return i;
      }
    }
    return -1;
  }

  private static String shortName(StackTraceElement frame) {
    String className = frame.getClassName();
    return className.substring(className.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }
}
