package io.leakwatch;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the JDK's own tools ({@code jcmd}, {@code keytool}, {@code javac}, …), which get the agent through {@code
 * JAVA_TOOL_OPTIONS} and must behave as without it. The launcher names their module in a system property; running a
 * source file ({@code java Program.java}) is the one such main class behind which an application runs.
 */
final class JdkTool {
  private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

  private JdkTool() {}

  static boolean isThisProcess() {
    return isTool(
        System.getProperty("jdk.module.main"), System.getProperty("jdk.module.main.class"));
  }

  static boolean isTool(@Nullable String module, @Nullable String mainClass) {
    return module != null
        && (module.startsWith("jdk.") || module.startsWith("java."))
        && (mainClass == null || !mainClass.startsWith(SOURCE_LAUNCHER));
  }
}
