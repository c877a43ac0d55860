package io.leakwatch.registry;

import io.leakwatch.registry.MonitorBooks.Monitor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which monitors one thread holds, and at which it is blocked, by the JDK's own snapshot of a thread (JDK 25). It is the only
 * one to know that of virtual threads, which leave their carriers when they block at a monitor (JDK 24 and later).
 *
 * <p>A snapshot is consistent in itself: a platform thread is stopped for it by a handshake, for microseconds; a virtual one is
 * kept off its carrier ({@link UnmountedThread}), and there is none of one that is on it. It costs about 30 µs. Not initialised
 * before a virtual thread was there.
 *
 * <p>Where a flag has switched off that the JVM tells its tools of mounts, as it does wherever there is an agent, a snapshot waits
 * for ever for mounts to end (seen with 25.0.3), so none is taken there.
 */
public final class MonitorSnapshots {
  /**
   * A thread at one moment. Must not be kept: it holds objects of the application.
   *
   * @param blockedAt the monitor that it waits to enter; {@code null} when it does not
   * @param held the monitors that it holds
   * @param objects the object of each: two may have equal monitors, and only these tell
   */
  public record Snapshot(
      @Nullable Monitor blockedAt, Set<Monitor> held, Map<Monitor, Object> objects) {}

  private static final @Nullable Class<?> SNAPSHOT =
      JdkLookup.find("jdk.internal.vm.ThreadSnapshot");
  private static final @Nullable Class<?> LOCK =
      JdkLookup.find("jdk.internal.vm.ThreadSnapshot$ThreadLock");
  private static final @Nullable MethodHandle OF = of();
  private static final @Nullable MethodHandle STATE =
      JdkLookup.object(JdkLookup.own(SNAPSHOT, "threadState"));
  private static final @Nullable MethodHandle BLOCKED_AT =
      JdkLookup.object(JdkLookup.own(SNAPSHOT, "blockedOn"));
  private static final @Nullable UnsafeField LOCKS = JdkLookup.field(SNAPSHOT, "locks");
  private static final @Nullable MethodHandle HELD =
      JdkLookup.object(JdkLookup.own(LOCK, "lockObject"));

  /** Not there where virtual threads keep their carriers when they block. */
  private static final int BLOCKED = VirtualThreads.stateNamed("BLOCKED", -1);

  private static final String UNTOLD = "-XX:-DoJVMTIVirtualThreadTransitions";

  private MonitorSnapshots() {}

  /** Whether a virtual thread is blocked at a monitor, and this JDK can say at which. */
  public static boolean isBlocked(Thread virtualThread) {
    return OF != null && BLOCKED >= 0 && VirtualThreads.state(virtualThread) == BLOCKED;
  }

  /** Whether this JDK takes such snapshots. */
  public static boolean areAvailable() {
    return OF != null
        && STATE != null
        && BLOCKED_AT != null
        && LOCKS != null
        && HELD != null
        && UnmountedThread.canBeKept();
  }

  /** A snapshot of a live thread of either kind; {@code null} when it has ended or is on a carrier, or when there is none. */
  public static @Nullable Snapshot of(Thread thread) {
    if (!areAvailable()) {
      return null;
    }
    Object snapshot = VirtualThreads.isVirtual(thread)
        ? UnmountedThread.look(thread, () -> JdkLookup.call(OF, thread))
        : JdkLookup.call(OF, thread);
    if (snapshot == null || !(JdkLookup.read(LOCKS, snapshot) instanceof Object[] locks)) {
      return null;
    }
    Object blockedAt = JdkLookup.call(STATE, snapshot) == Thread.State.BLOCKED
        ? JdkLookup.call(BLOCKED_AT, snapshot)
        : null;
    Map<Monitor, Object> objects = new HashMap<>();
    Set<Monitor> held = new HashSet<>();
    for (Object lock : locks) {
      Object object = lock == null ? null : JdkLookup.call(HELD, lock);
      // One that was let go in Object.wait, and is wanted back, is still in the frame that took it.
      if (object != null && object != blockedAt) {
        Monitor monitor = monitor(object);
        held.add(monitor);
        objects.put(monitor, object);
      }
    }
    Monitor monitor = blockedAt == null ? null : monitor(blockedAt);
    if (monitor != null) {
      held.remove(monitor);
      objects.put(monitor, blockedAt);
    }
    return new Snapshot(monitor, held, objects);
  }

  private static Monitor monitor(Object object) {
    return new Monitor(object.getClass().getName(), System.identityHashCode(object));
  }

  private static @Nullable MethodHandle of() {
    if (SNAPSHOT == null || isAnyMountUntold()) {
      return null;
    }
    try {
      return JdkLookup.object(MethodHandles.privateLookupIn(SNAPSHOT, MethodHandles.lookup())
          .findStatic(SNAPSHOT, "of", MethodType.methodType(SNAPSHOT, Thread.class)));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Also where the JVM's arguments cannot be read. */
  private static boolean isAnyMountUntold() {
    Class<?> vm = JdkLookup.find("jdk.internal.misc.VM");
    if (vm == null) {
      return true;
    }
    try {
      MethodHandle arguments = MethodHandles.privateLookupIn(vm, MethodHandles.lookup())
          .findStatic(vm, "getRuntimeArguments", MethodType.methodType(String[].class));
      return List.of((String[]) arguments.invokeExact()).contains(UNTOLD);
    } catch (Throwable e) {
      return true;
    }
  }
}
