package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's set of all virtual threads that were started directly, which its thread dumps list, and for which alone many of them
 * are still there. Threads of executors are not in it.
 */
final class RootTracking {
  private static final @Nullable MethodHandle SET = JdkLookup.staticField(
      JdkLookup.find("jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer"),
      "VTHREADS");
  private static final int NO_STATE = -2;

  private final Set<Thread> set;
  private final int parked;
  private final int terminated;

  private RootTracking(Set<Thread> set) {
    this.set = set;
    // Not where there is no virtual thread: to ask for it makes the JDK's scheduler.
    boolean any = !set.isEmpty();
    this.parked = any ? VirtualThreads.stateNamed("PARKED", NO_STATE) : NO_STATE;
    this.terminated = any ? VirtualThreads.stateNamed("TERMINATED", NO_STATE) : NO_STATE;
  }

  /** The set; {@code null} where this JDK has none of that name, or knows no such states. */
  @SuppressWarnings("unchecked")
  static @Nullable RootTracking find() {
    if (SET == null) {
      return null;
    }
    try {
      RootTracking found = new RootTracking((Set<Thread>) SET.invoke());
      boolean known = found.parked >= 0 && found.terminated >= 0;
      return known || found.set.isEmpty() ? found : null;
    } catch (Throwable e) {
      return null;
    }
  }

  Iterable<Thread> threads() {
    return set;
  }

  int size() {
    return set.size();
  }

  /** Whether a thread has left its carrier and waits without a timeout. Others may follow at once. */
  boolean isParked(Thread thread) {
    return VirtualThreads.isVirtual(thread) && VirtualThreads.state(thread) == parked;
  }

  /** Takes a thread out. It goes on as it would; it is in no thread dump until it is put back. */
  void takeOut(Thread thread) {
    set.remove(thread);
  }

  /**
   * Puts a thread back, unless it has ended. A thread is marked as ended before it is taken out for good: if that is not to be
   * seen here behind the putting, then it is still to come, and takes the thread out again.
   */
  void putBack(Thread thread) {
    set.add(thread);
    if (VirtualThreads.state(thread) == terminated) {
      set.remove(thread);
    }
  }
}
