package io.leakwatch.prove;

/**
 * A thread of the dump. A value.
 *
 * @param index its number in the dump
 * @param object the id of its {@code Thread} object
 * @param tid as {@code Thread.getId} says it; -1 when the dump has none
 * @param name empty when it has none, as most virtual threads
 * @param virtual whether it is a virtual thread
 * @param blind whether its stack counts for nothing: a carrier of virtual threads does only what its scheduler does, and
 *     the agent's own threads wake nobody
 * @param lost whether it is running, or about to, and the dump lacks its stack: as happens to virtual threads that are just
 *     parking
 * @param waits how it waits
 * @param blocker the id of the object it waits for; 0 when that is not known
 * @param wokenByHandle whether who has its {@code Thread} may wake it, because nothing of the JDK says otherwise: it is
 *     parked without a blocker, or for one of the application's own making
 */
record DumpedThread(
    int index,
    long object,
    long tid,
    String name,
    boolean virtual,
    boolean blind,
    boolean lost,
    Wait waits,
    long blocker,
    boolean wokenByHandle) {

  /** What tells this wait from others of the same thread: the id of its blocker, or where that is not known its own. */
  long waitsFor() {
    return blocker == 0 ? object : blocker;
  }

  /** As a person would call it. */
  String label() {
    String number = tid < 0 ? "" : "#" + tid;
    String kind = virtual ? "virtual thread" : "thread";
    return name.isEmpty() ? kind + " " + number : name;
  }
}
