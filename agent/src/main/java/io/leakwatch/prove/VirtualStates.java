package io.leakwatch.prove;

import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;

/** The numbers of the states of virtual threads, which change from release to release and so are read from the dump. */
final class VirtualStates {
  private static final int NONE = Integer.MIN_VALUE;

  private final int suspended;
  private final int parked;
  private final int pinned;
  private final int blocked;
  private final int waiting;
  private final int terminated;
  private final int fresh;
  private final int started;

  VirtualStates(HeapDump dump) {
    HeapClass type = dump.classNamed("java.lang.VirtualThread");
    suspended = type == null ? 0 : dump.statics().intValue(type, "SUSPENDED", 0);
    parked = type == null ? NONE : dump.statics().intValue(type, "PARKED", NONE);
    pinned = type == null ? NONE : dump.statics().intValue(type, "PINNED", NONE);
    blocked = type == null ? NONE : dump.statics().intValue(type, "BLOCKED", NONE);
    waiting = type == null ? NONE : dump.statics().intValue(type, "WAIT", NONE);
    terminated = type == null ? NONE : dump.statics().intValue(type, "TERMINATED", NONE);
    fresh = type == null ? NONE : dump.statics().intValue(type, "NEW", NONE);
    started = type == null ? NONE : dump.statics().intValue(type, "STARTED", NONE);
  }

  /** Parked without a timeout, on its carrier or off it. */
  boolean isParked(int state) {
    int plain = state & ~suspended;
    return plain == parked || plain == pinned;
  }

  /** At the entry of a monitor. */
  boolean isBlocked(int state) {
    return (state & ~suspended) == blocked;
  }

  /** In {@code Object.wait} without a timeout. */
  boolean isWaiting(int state) {
    return (state & ~suspended) == waiting;
  }

  /** It has no stack yet. */
  boolean isBeforeItsStart(int state) {
    int plain = state & ~suspended;
    return plain == fresh || plain == started;
  }

  /** At its end. */
  boolean isTerminated(int state) {
    return state == terminated;
  }
}
