package io.leakwatch.tasks;

/**
 * What became of the tasks of one or more executors. Read without a lock, so the numbers may be off by the tasks that were
 * on the move; {@link #UNKNOWN} where nobody keeps count.
 *
 * @param running tasks that run now
 * @param waiting tasks in the queue that a worker could run now
 * @param scheduled tasks in the queue whose time has not come
 * @param finished tasks that have run to their ends, failed ones included
 * @param failed tasks that threw, since the agent's start
 * @param rejected tasks that were not taken, since the agent's start
 * @param cancelled tasks that were cancelled, since the agent's start; those that were still in a queue may be missing
 */
public record TaskCounts(
    long running,
    long waiting,
    long scheduled,
    long finished,
    long failed,
    long rejected,
    long cancelled) {
  /** Nobody keeps count. */
  public static final long UNKNOWN = -1;

  /** All that were ever handed in, as far as is known; {@link #UNKNOWN} when that is not. */
  public long submitted() {
    return finished == UNKNOWN ? UNKNOWN : finished + running + waiting + scheduled + rejected;
  }
}
