package io.leakwatch;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry. Four rules:
 *
 * <ol>
 *   <li>It never throws and never exits: whatever goes wrong is one line on stderr and the application runs on.
 *   <li>It refers to no class of {@code io.leakwatch.bootstrap}: the boot loader must define them first.
 *   <li>It touches no logging, no JMX, no file system provider: the application sets those up.
 *   <li>It starts once per JVM, and not at all inside the JDK's own tools, nor where an ahead-of-time cache is made. Loaded
 *       again, it hands a request on to the agent that runs, and refuses anything else.
 * </ol>
 */
public final class LeakwatchAgent {
  private static boolean started;
  private static boolean failed;
  private static @Nullable Predicate<String> requests;

  private LeakwatchAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    enter(options, instrumentation, false);
  }

  /** Called by the JVM on attach. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    enter(options, instrumentation, true);
  }

  private static synchronized void enter(
      @Nullable String options, Instrumentation instrumentation, boolean attached) {
    try {
      if (!attached && JdkTool.isThisProcess()) {
        return;
      }
      Predicate<String> running = requests;
      if (running != null && options != null && running.test(options)) {
        return;
      }
      if (started) {
        System.err.println(
            failed
                ? "leakwatch: an earlier start failed in this JVM; restart the JVM to try again"
                : "leakwatch: already running in this JVM; the second agent was not started");
        return;
      }
      BootBridge.openJdkToEntry(instrumentation);
      if (TrainingRun.isThisProcess()) {
        System.err.println(
            "leakwatch: this run makes an ahead-of-time cache, into which nothing woven may go: it is not watched, those that"
                + " use the cache are");
        return;
      }
      started = true;
      requests = start(options == null ? "" : options, instrumentation, attached);
    } catch (Throwable e) {
      failed = true;
      System.err.println("leakwatch: not started, the application runs unwatched: " + reason(e));
    }
  }

  @SuppressWarnings("unchecked")
  private static Predicate<String> start(
      String options, Instrumentation instrumentation, boolean attached) throws Exception {
    File jar = AgentJar.locate();
    AgentClassLoader loader = new AgentClassLoader(jar, ClassLoader.getPlatformClassLoader());
    BootBridge.define(instrumentation, jar);
    BootBridge.openJdkTo(loader.getUnnamedModule(), instrumentation);
    Class<?> entry = loader.loadClass(
        "io.leakwatch.runtime.Leakwatch$" + (attached ? "OnAttach" : "WithTheJvm"));
    return ((BiFunction<String, Instrumentation, Predicate<String>>) make(entry))
        .apply(options, instrumentation);
  }

  private static Object make(Class<?> type) throws Exception {
    try {
      return JdkInternals.newWithoutConstructor(type);
    } catch (IncompatibleClassChangeError e) {
      // This JDK has no such method.
      return type.getConstructor().newInstance();
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return e instanceof AgentJar.UnusableJarException
        ? String.valueOf(message)
        : e.getClass().getName() + (message == null ? "" : ": " + message);
  }
}
