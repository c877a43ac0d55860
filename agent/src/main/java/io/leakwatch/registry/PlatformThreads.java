package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK knows about any thread, read without running application code: {@code getId}, {@code getState} and {@code
 * getStackTrace} can be overridden.
 */
public final class PlatformThreads {
  private static final UnsafeField ID =
      required(JdkLookup.field(Thread.class, "tid"), long.class, "Thread.tid");

  /** What keeps the task on newer JDKs; {@code null} where the thread does so itself. */
  private static final @Nullable UnsafeField HOLDER = JdkLookup.field(Thread.class, "holder");

  private static final UnsafeField TASK = required(
      HOLDER == null
          ? JdkLookup.field(Thread.class, "target")
          : JdkLookup.field(JdkLookup.find("java.lang.Thread$FieldHolder"), "task"),
      Object.class,
      "the task of a Thread");
  /** What no hook calls, and the application's start need not wait for. */
  private static final class Methods {
    static final MethodHandle ALL = required(allThreads(), "Thread.getThreads");
    static final MethodHandle STATE = required(
            JdkLookup.own(Thread.class, "getState"), "Thread.getState")
        .asType(MethodType.methodType(Thread.State.class, Thread.class));
    static final MethodHandle STACK = required(
            JdkLookup.own(Thread.class, "getStackTrace"), "Thread.getStackTrace")
        .asType(MethodType.methodType(StackTraceElement[].class, Thread.class));
  }

  private PlatformThreads() {}

  /** All live platform threads, carriers and the JVM's own visible ones included. Needs no safepoint. */
  static Thread[] all() {
    try {
      return (Thread[]) Methods.ALL.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The thread's identifier; never that of another thread, also after its end. */
  public static long id(Thread thread) {
    return ID.readLong(thread, 0);
  }

  /** The thread's name; {@code #29} where it has none, as most virtual threads. */
  public static String name(Thread thread) {
    return thread.getName().isEmpty() ? "#" + id(thread) : thread.getName();
  }

  /** The task of a platform thread; {@code null} when it has none, or has ended. */
  static @Nullable Runnable task(Thread thread) {
    Object holder = HOLDER == null ? thread : JdkLookup.read(HOLDER, thread);
    return holder == null ? null : (Runnable) JdkLookup.read(TASK, holder);
  }

  /** The thread's state. */
  public static Thread.State state(Thread thread) {
    try {
      return (Thread.State) Methods.STATE.invokeExact(thread);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The thread's stack, innermost frame first; empty when it has ended. Stops that thread only, for microseconds. */
  public static StackTraceElement[] stack(Thread thread) {
    try {
      return (StackTraceElement[]) Methods.STACK.invokeExact(thread);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static @Nullable MethodHandle allThreads() {
    try {
      return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
          .findStatic(Thread.class, "getThreads", MethodType.methodType(Thread[].class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static UnsafeField required(@Nullable UnsafeField field, Class<?> type, String what) {
    return required(field != null && field.type() == type ? field : null, what);
  }

  private static <T> T required(@Nullable T handle, String what) {
    if (handle == null) {
      throw new UnsupportedOperationException(what + " cannot be read on JDK " + Runtime.version());
    }
    return handle;
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException(
        Objects.toString(e.getMessage(), e.getClass().getName()), e);
  }
}
