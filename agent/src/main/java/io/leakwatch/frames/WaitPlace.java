package io.leakwatch.frames;

import java.util.List;

/**
 * Where a thread waits, by its stack.
 *
 * @param at index of the JDK's method that it waits in; -1 when it is in none
 * @param idle whether it is a pool's worker that has nothing to do
 * @param text such as {@code LinkedBlockingQueue.take, idle worker}; empty when the stack is
 * @param caller such as {@code , called from com.acme.Books.close(Books.java:40)}: the line of the application, or of a
 *     library, that waits there; empty when there is none
 */
public record WaitPlace(int at, boolean idle, String text, String caller) {
  /** Of a stack, innermost frame first. */
  public static WaitPlace of(List<StackTraceElement> stack) {
    if (stack.isEmpty()) {
      return new WaitPlace(-1, false, "", "");
    }
    int getTask = indexOfGetTask(stack);
    boolean idle = getTask >= 0;
    int at = getTask > 0 ? getTask - 1 : lastJdkFrame(stack);
    String where = at < 0 ? Frames.text(stack.get(0)) : shortName(stack.get(at));
    return new WaitPlace(
        at, idle, where + (idle ? ", idle worker" : ""), idle ? "" : caller(stack, at));
  }

  private static String caller(List<StackTraceElement> stack, int at) {
    return at < 0 || at + 1 >= stack.size() || Frames.isJdk(stack.get(at + 1).getClassName())
        ? ""
        : ", called from " + Frames.text(stack.get(at + 1));
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

  private static int indexOfGetTask(List<StackTraceElement> stack) {
    for (int i = 0; i < stack.size(); i++) {
      if (stack.get(i).getClassName().equals("java.util.concurrent.ThreadPoolExecutor")
          && stack.get(i).getMethodName().equals("getTask")) {
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
