package io.leakwatch.registry;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's set of all virtual threads that were started directly, which its thread dumps list, and for which alone many of them
 * are still there. Threads of executors are not in it.
 */
final class RootTracking {
  /** Where the JDK has it. */
  static final Names NAMES = new Names(
      "jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer",
      "VTHREADS",
      "PARKED",
      "TERMINATED");

  private static final int NO_STATE = -2;

  private final Set<Thread> set;
  private final int parked;
  private final int terminated;

  private RootTracking(Set<Thread> set, int parked, int terminated) {
    this.set = set;
    this.parked = parked;
    this.terminated = terminated;
  }

  /**
   * What the JDK calls them.
   *
   * @param owner the class that has the set
   * @param set its field
   * @param parked the number of the state of threads that wait without a timeout, off their carriers
   * @param terminated the number of the state of threads that have ended
   */
  record Names(String owner, String set, String parked, String terminated) {}

  /** The set; {@code null} where this JDK has none of that name, or knows no such states. */
  static @Nullable RootTracking find() {
    return find(NAMES);
  }

  /** By other names. */
  @SuppressWarnings("unchecked")
  static @Nullable RootTracking find(Names names) {
    Object set = JdkLookup.readStatic(JdkLookup.find(names.owner()), names.set());
    return set instanceof Set ? of((Set<Thread>) set, names) : null;
  }

  /** Of a set that is there; {@code null} where such states are not known. */
  static @Nullable RootTracking of(Set<Thread> set, Names names) {
    if (set.isEmpty()) {
      // To ask for a state makes the JDK's scheduler, where there was no virtual thread.
      return new RootTracking(set, NO_STATE, NO_STATE);
    }
    int parked = VirtualThreads.stateNamed(names.parked(), NO_STATE);
    int terminated = VirtualThreads.stateNamed(names.terminated(), NO_STATE);
    boolean known = VirtualThreads.areStatesKnown() && parked >= 0 && terminated >= 0;
    return known ? new RootTracking(set, parked, terminated) : null;
  }

  /** The set itself. */
  Set<Thread> threads() {
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
