package io.leakwatch.frames;

import java.util.List;
import java.util.Map;

/** Finds in the stack of a thread what it runs for its executor. Pure functions. */
public final class TaskFrames {
  private static final String POOLS = "java.util.concurrent.";

  /** By these methods the threads of executors enter their tasks, one after the other. */
  private static final Map<String, String> LOOPS =
      Map.of("runWorker", POOLS, "mainLoop", "java.util.TimerThread");

  private TaskFrames() {}

  /** The frames of a task, the innermost first: without what the executor, or a thread factory, has around it. */
  public static List<StackTraceElement> ofTask(List<StackTraceElement> stack) {
    int loop = stack.size();
    for (int i = 0; i < stack.size(); i++) {
      String owner = LOOPS.get(stack.get(i).getMethodName());
      if (owner != null && stack.get(i).getClassName().startsWith(owner)) {
        loop = i;
      }
    }
    return stack.subList(0, loop);
  }

  /**
   * The method by which the application, or a library, enters a task, such as {@code com.acme.Refresh.run}; where the task
   * is all the JDK's, that of its innermost frame; empty when the stack is.
   */
  public static String entry(List<StackTraceElement> stack) {
    if (stack.isEmpty()) {
      return "";
    }
    StackTraceElement entry = stack.get(0);
    for (StackTraceElement frame : ofTask(stack)) {
      entry = Frames.isJdk(frame.getClassName()) || isHidden(frame) ? entry : frame;
    }
    return entry.getClassName() + "." + entry.getMethodName();
  }

  /** What the JDK makes of a lambda expression; some releases show its frames. */
  private static boolean isHidden(StackTraceElement frame) {
    return frame.getClassName().contains("$$Lambda");
  }
}
