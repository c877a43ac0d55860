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
final class ExitHook implements Runnable {
  /** The JDK's own are 0 (console), 1 (the application's hooks) and 2 (delete on exit); there are ten. */
  private static final int FIRST_FREE_SLOT = 3;

  private static final int SLOTS = 10;

  private final Watch watch;
  private final AgentConfig config;

  /** Whether the exit status is changed here: may there be something to change it for, and is there no later place. */
  private final boolean decides;

  private ExitHook(Watch watch, AgentConfig config, boolean decides) {
    this.watch = watch;
    this.config = config;
    this.decides = decides;
  }

  static void install(Watch watch, AgentConfig config) {
    boolean mayFail = config.failOn() != FailOn.NEVER;
    boolean behind = mayFail && registerSystemHook(() -> failIfDue(watch, config));
    try {
      Runtime.getRuntime()
          .addShutdownHook(
              new AgentThread("exit", new ExitHook(watch, config, mayFail && !behind)));
    } catch (IllegalStateException e) {
      // Attached while the JVM was going down already: there is nothing left to report.
      return;
    }
  }

  @Override
  public void run() {
    watch.finish();
    if (config.exit().hang() != null) {
      new AgentThread("exit-watch", watch::reportHangingHooks).start();
    }
    if (decides) {
      failIfDue(watch, config);
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
