package io.leakwatch.runtime;

import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.FailOn;
import io.leakwatch.registry.AgentThread;
import java.lang.reflect.Method;

/**
 * The orderly end: a last report is written, and when {@code fail-on} says so the exit status is changed.
 *
 * <p>The report is made beside the application's own shutdown hooks. The status is changed after all of them have ended,
 * so that none is cut short: the JDK runs its system hooks one after the other, and one behind the application's is ours.
 */
final class ExitHook {
  /** The JDK's own are 0 (console), 1 (the application's hooks) and 2 (delete on exit); there are ten. */
  private static final int FIRST_FREE_SLOT = 3;

  private static final int SLOTS = 10;

  private ExitHook() {}

  static void install(Watch watch, AgentConfig config) {
    boolean mayFail = config.failOn() != FailOn.NEVER;
    boolean behind = mayFail && registerSystemHook(() -> failIfDue(watch, config));
    Runnable atExit = () -> {
      watch.finish();
      if (config.exit().hang() != null) {
        new AgentThread("exit-watch", watch::reportHangingHooks).start();
      }
      if (mayFail && !behind) {
        failIfDue(watch, config);
      }
    };
    try {
      Runtime.getRuntime().addShutdownHook(new AgentThread("exit", atExit));
    } catch (IllegalStateException e) {
      // Attached while the JVM was going down already: there is nothing left to report.
      return;
    }
  }

  private static void failIfDue(Watch watch, AgentConfig config) {
    if (watch.mustFail()) {
      Runtime.getRuntime().halt(config.failStatus());
    }
  }

  private static boolean registerSystemHook(Runnable hook) {
    try {
      Object access = Class.forName("jdk.internal.access.SharedSecrets", true, null)
          .getMethod("getJavaLangAccess")
          .invoke(null);
      Method register = Class.forName("jdk.internal.access.JavaLangAccess", true, null)
          .getMethod("registerShutdownHook", int.class, boolean.class, Runnable.class);
      for (int slot = FIRST_FREE_SLOT; slot < SLOTS; slot++) {
        if (registered(register, access, slot, hook)) {
          return true;
        }
      }
      return false;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  private static boolean registered(Method register, Object access, int slot, Runnable hook) {
    try {
      register.invoke(access, slot, true, hook);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Taken: the JDK throws an InternalError then.
      return false;
    }
  }
}
