package io.leakwatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Recognises a run in which the JVM records what goes into an ahead-of-time cache ({@code -XX:AOTCacheOutput}, {@code
 * -XX:AOTMode=record}; JEP 483 and 514). Woven classes cannot go into one, and without those that it needs itself JDK 25
 * crashes when it writes one (JDK-8380409).
 *
 * <p>An archive that is written at the exit ({@code -XX:ArchiveClassesAtExit}, {@code -XX:+AutoCreateSharedArchive}) is another
 * matter: beside an agent the JVM writes none, and a run in production may ask for one.
 */
final class TrainingRun {
  private static final int FIRST_JDK = 24;

  private TrainingRun() {}

  /** Needs {@code jdk.internal.misc} opened to this class's module. */
  static boolean isThisProcess() throws Throwable {
    if (Runtime.version().feature() < FIRST_JDK || !mayBe()) {
      return false;
    }
    try {
      return (boolean) MethodHandles.lookup()
          .findStatic(
              Class.forName("jdk.internal.misc.CDS"),
              "isDumpingStaticArchive",
              MethodType.methodType(boolean.class))
          .invokeExact();
    } catch (ReflectiveOperationException e) {
      // A JDK that asks in another way; so far there is none.
      return false;
    }
  }

  /** Asked first, for it costs nothing: whether an archive of any sort is made. */
  private static boolean mayBe() {
    try {
      return JdkInternals.isDumpingArchive();
    } catch (LinkageError e) {
      return true;
    }
  }
}
