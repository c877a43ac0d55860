package io.leakwatch.prove;

/** What a thread was doing when the heap was dumped. */
enum Wait {
  /** It runs, or goes on by itself: runnable, in native code, in I/O, in a wait with a timeout. */
  NONE,
  /** Parked without a timeout: the locks and queues of {@code java.util.concurrent}. */
  PARK,
  /** In {@code Object.wait()} without a timeout. */
  OBJECT_WAIT,
  /** Blocked at the entry of a monitor. */
  MONITOR
}
