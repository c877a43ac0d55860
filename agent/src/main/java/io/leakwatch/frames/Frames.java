package io.leakwatch.frames;

import java.util.List;
import java.util.Set;

/** Pure functions on stack frames. */
public final class Frames {
  private static final String[] JDK_PREFIXES = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

  private static final String AGENT = "io.leakwatch.";
  private static final Set<String> AGENT_PACKAGES = Set.of(
      "bootstrap",
      "cli",
      "config",
      "detect",
      "finding",
      "frames",
      "instrument",
      "prove",
      "registry",
      "report",
      "runtime",
      "sample",
      "scope",
      "tasks",
      "text");

  private Frames() {}

  /** Whether a class belongs to the JDK, by its name. */
  public static boolean isJdk(String className) {
    for (String prefix : JDK_PREFIXES) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a class belongs to the test framework, which runs the tests, and is to blame for nothing that they do. */
  public static boolean isTestFramework(String className) {
    return className.startsWith("org.junit.");
  }

  /** Whether a class belongs to this agent; other parts of the project are applications to it. */
  public static boolean isAgent(String className) {
    if (!className.startsWith(AGENT)) {
      return false;
    }
    int end = className.indexOf('.', AGENT.length());
    return end < 0 || AGENT_PACKAGES.contains(className.substring(AGENT.length(), end));
  }

  /** A frame as reports write it: {@code com.acme.QuoteService.quote(QuoteService.java:42)}. */
  public static String text(StackTraceElement frame) {
    // Not toString(): that adds the class loader and the module.
    String file = frame.getFileName();
    String place = frame.isNativeMethod()
        ? "Native Method"
        : file == null
            ? "Unknown Source"
            : frame.getLineNumber() >= 0 ? file + ":" + frame.getLineNumber() : file;
    return frame.getClassName() + "." + frame.getMethodName() + "(" + place + ")";
  }

  /** All frames of a stack as text, in their order. */
  public static List<String> text(List<StackTraceElement> frames) {
    return frames.stream().map(Frames::text).toList();
  }

  /** The frames that are not the JDK's, in their order, as text, at most {@code limit}. */
  public static List<String> applicationFrames(List<StackTraceElement> frames, int limit) {
    return frames.stream()
        .filter(f -> !isJdk(f.getClassName()))
        .limit(limit)
        .map(Frames::text)
        .toList();
  }
}
